import type { MouseEvent, ReactNode } from "react";
import { InlineFrame, WithoutScript } from "../page/without-script.tsx";
import { type TiledFile, tileClass } from "./tile-face.tsx";

/**
 * A tile to tap: the link that reloads the page, and beside it, for pages without JavaScript,
 * a frame with the same tile whose link loads in place, so that a draft and the scroll position
 * stay. The stylesheet shows one of the two.
 */
export function WaitingTile(props: {
  file: TiledFile;
  /** mediaClass of the file. */
  look: string;
  label: string;
  href: string;
  frameHref: string;
  face: ReactNode;
  /** Where the customer is asked to send it again; null while that would be too early. */
  askHref: string | null;
  /** Another way on, below the tile. */
  wayOn?: ReactNode;
  isAlert: boolean;
  onTap: (event: MouseEvent) => void;
}) {
  const { face, askHref } = props;
  const className = tileClass(props.file.mediaKind);
  return (
    <>
      <div className="page-link" role={props.isAlert ? "alert" : undefined}>
        <a className={className} href={props.href} onClick={props.onTap}>
          {face}
        </a>
      </div>
      {askHref !== null && <AskAgain href={askHref} isPageLink />}
      {props.wayOn}
      <WithoutScript>
        <InlineFrame className={className} title={props.label} look={props.look}>
          <a className={className} href={props.frameHref}>
            {face}
          </a>
          {askHref !== null && <AskAgain href={askHref} />}
        </InlineFrame>
      </WithoutScript>
    </>
  );
}

/** Over the lower end of a tile whose file WhatsApp no longer has. */
export function AskAgain({ href, isPageLink = false }: { href: string; isPageLink?: boolean }) {
  return isPageLink ? (
    <a className="ask page-link" href={href}>
      Ask to send it again
    </a>
  ) : (
    <a className="ask" href={href} target="_top">
      Ask to send it again
    </a>
  );
}
