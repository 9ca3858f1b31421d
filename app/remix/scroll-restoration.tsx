import { ScrollRestoration } from "@remix-run/react";

interface Props {
  nonce: string | undefined;
  /** Missing in the browser. */
  script: string | undefined;
}

/**
 * Another script in the place of the one that restores the scroll position, where none can have been
 * kept. In the browser it is always Remix's own, which takes the other over.
 *
 * Relies on ScrollRestoration being one <script> with `suppressHydrationWarning`, so that React finds
 * what it expects (@remix-run/react 2.17, dist/scroll-restoration.js). React Router 7.18 has the same.
 */
export function ScrollRestorationOr({ nonce, script }: Props) {
  if (script === undefined) return <ScrollRestoration nonce={nonce} />;
  // biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of ours
  return <script nonce={nonce} dangerouslySetInnerHTML={{ __html: script }} />;
}
