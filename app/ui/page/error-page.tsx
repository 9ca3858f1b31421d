/** One sentence and a way on. Nothing of the error itself: it may speak of other companies. */
export function ErrorPage({ title, sentence }: { title: string; sentence: string }) {
  return (
    <main className="centred gap-4">
      <title>{`${title} · Tapview`}</title>
      <h1 className="title">{title}</h1>
      <p>{sentence}</p>
      <WayOn />
    </main>
  );
}

export function WayOn() {
  return (
    <a className="quiet -ml-2 self-start" href="/conversations">
      Go to the conversations
    </a>
  );
}
