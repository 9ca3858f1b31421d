import { type MouseEvent, type ReactElement, type ReactNode, useContext } from "react";
import type { MediaKind } from "#app/models/message-response.ts";
import stylesheet from "../app.css?url";
import { ServerRender } from "./server-render.ts";
import { tileClass } from "./tile-face.tsx";

/**
 * A tile to tap: the link that reloads the page, and beside it, for browsers without JavaScript,
 * a frame with the same tile whose link loads in place, so that a draft and the scroll position
 * stay. The stylesheet shows one of the two.
 */
export function WaitingTile(props: {
  kind: MediaKind;
  label: string;
  href: string;
  frameHref: string;
  face: ReactNode;
  onTap: (event: MouseEvent) => void;
}) {
  const className = tileClass(props.kind);
  return (
    <>
      <a className={`${className} page-link`} href={props.href} onClick={props.onTap}>
        {props.face}
      </a>
      <noscript>
        <Frame className={className} title={props.label}>
          <FrameDocument>
            <a className={className} href={props.frameHref}>
              {props.face}
            </a>
          </FrameDocument>
        </Frame>
      </noscript>
    </>
  );
}

/** Empty in a hydrated page: React leaves the inside of <noscript> to the server. */
function Frame(props: { className: string; title: string; children: ReactElement }) {
  const { renderToStaticMarkup } = useContext(ServerRender);
  if (!renderToStaticMarkup) return null;
  const document = `<!doctype html>${renderToStaticMarkup(props.children)}`;
  return <iframe className={props.className} title={props.title} srcDoc={document} />;
}

function FrameDocument({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <head>
        <link rel="stylesheet" href={stylesheet} />
      </head>
      <body className="frame">{children}</body>
    </html>
  );
}
