/** Addresses of pages that a person may have been on, which must survive as they are. */
export const localPaths: readonly string[] = [
  "/",
  "/conversations",
  "/conversations/7",
  "/conversations/7?reveal=3&t=1#m-3",
  "/conversations?q=caf%C3%A9+%22two+nights%22&account=2&unread=1",
  "/conversations?q=a%2Fb%5Cc%3A%2F%2Fevil.test",
  "/conversations?page=1795418292000000-141",
  "/conversations/7?around=9&q=%3Cb%3E#m-9",
  "/conversations/7/news?after=4&every=20",
  "/expiring?account=1&after=20",
  "/media/622684793477189/view?t=1",
  "/conversations?q=@evil.test",
  "/conversations?back=https://evil.test/",
];
