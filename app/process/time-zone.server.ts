/** Times are shown in the server's zone (TZ), the same with and without JavaScript. */
export const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
