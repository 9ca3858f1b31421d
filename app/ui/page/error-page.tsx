/** One sentence and a way on. Nothing of the error itself: it may speak of other companies. */
export function ErrorPage({ status }: { status: number }) {
  const { title, sentence } = words(status);
  return (
    <main className="mx-auto flex min-h-dvh max-w-sm flex-col justify-center gap-4 px-5">
      <title>{`${title} · Tapview`}</title>
      <h1 className="title">{title}</h1>
      <p>{sentence}</p>
      <a className="quiet -ml-2 self-start" href="/conversations">
        Go to the conversations
      </a>
    </main>
  );
}

function words(status: number): { title: string; sentence: string } {
  if (status === 404) return { title: "Not found", sentence: "There is nothing here for you." };
  if (status === 403) {
    return {
      title: "Not for you",
      sentence:
        "You are not a member of the number that this belongs to; an admin of your company can add you.",
    };
  }
  if (status < 500) return { title: "Not possible", sentence: "The request can't be carried out." };
  return {
    title: "Something went wrong",
    sentence: "It is our fault, and it is in the log. Try again in a moment.",
  };
}
