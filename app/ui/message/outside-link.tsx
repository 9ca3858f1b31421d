/** A link out of the inbox. It shows where it leads, not what somebody calls it. */
export function OutsideLink({ url }: { url: string }) {
  return (
    <a className="link" href={url} target="_blank" rel="noreferrer">
      {new URL(url).host}
    </a>
  );
}

/** A link where there is a safe one; else only the words. */
export function LinkOrText({ href, text }: { href: string | null; text: string }) {
  if (href === null) return <bdi>{text}</bdi>;
  return (
    <a className="link" href={href}>
      <bdi>{text}</bdi>
    </a>
  );
}
