import { type ReactNode, useContext } from "react";
import stylesheet from "../../app.css?url";
import { ServerRender } from "./server-render.ts";

/**
 * What only a page without a script needs: inside <noscript>, or as it is on a page that carries
 * none, whose browser may have scripting on and would show no <noscript>.
 */
export function WithoutScript({ children }: { children: ReactNode }) {
  const { lite } = useContext(ServerRender);
  return lite ? children : <noscript>{children}</noscript>;
}

/**
 * A frame with a small document of its own, which asks for nothing until one of its links is
 * followed. Empty in a hydrated page: React leaves the inside of <noscript> to the server.
 */
export function InlineFrame(props: {
  className: string;
  title: string;
  /** Further classes of the document's body. */
  look?: string;
  children: ReactNode;
}) {
  const { renderToStaticMarkup } = useContext(ServerRender);
  if (!renderToStaticMarkup) return null;
  const document = renderToStaticMarkup(
    <html lang="en">
      <head>
        <link rel="stylesheet" href={stylesheet} />
      </head>
      <body className={props.look ? `frame ${props.look}` : "frame"}>{props.children}</body>
    </html>,
  );
  return (
    <iframe className={props.className} title={props.title} srcDoc={`<!doctype html>${document}`} />
  );
}
