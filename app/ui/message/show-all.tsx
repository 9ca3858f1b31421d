import type { MouseEvent } from "react";

/** A browser has six connections to a host, and the page needs some. */
const AT_ONCE = 2;
const LOOK_AGAIN_MS = 100;
/** A file that doesn't come fails by itself before that. */
const MOST_MS = 120_000;

/**
 * Shows all pictures of the album above it, as if each were tapped: two at a time where a script
 * runs, else by a page that shows them.
 */
export function ShowAll({ href, target }: { href: string; target: "_top" | undefined }) {
  return (
    <p className="media-links">
      <a href={href} target={target} onClick={tapAll}>
        Show all
      </a>
    </p>
  );
}

async function tapAll(event: MouseEvent<HTMLAnchorElement>): Promise<void> {
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.button > 0) return;
  const own = event.currentTarget.parentElement;
  const album = own?.previousElementSibling;
  if (!own || !album) return;
  event.preventDefault();
  own.hidden = true;
  const until = Date.now() + MOST_MS;
  for (const tile of album.querySelectorAll<HTMLElement>(".page-link > a.tile")) {
    const isFull = () => album.querySelectorAll('[aria-busy="true"]').length >= AT_ONCE;
    while (isFull() && Date.now() < until) await pause();
    if (!tile.isConnected) continue;
    tile.click();
    // The tile begins to load with the next turn.
    await pause();
  }
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
}
