import type { Tab } from "#browsers/drivers/browser.ts";

/** The one sentence of a tile whose file came but can't be shown. */
const SENTENCE = "This browser can't show this file.";
/** Of a page without a script, which knows no more than what the file is. */
const DOUBT = "Not every browser can show this file.";

/** What a page shows of a file, read from its elements. */
export interface Seen {
  /** Whether the sentence stands there, as an alert or a status. */
  sentence: boolean;
  /** Whether the page says that some browsers can't show it. */
  doubt: boolean;
  /** Whether a visible link saves the file. */
  link: boolean;
  /** Whether the tile asks to try again. */
  failed: boolean;
  picture: { complete: boolean; width: number; decoded: boolean } | null;
  player: { film: boolean; error: number; ready: number; width: number; at: number } | null;
}

/**
 * Reads what stands in the tile, and sets a player in motion, muted.
 *
 * @param root of the tile; the whole page where there is none
 */
export function look(tab: Tab, root: string, mediaId: string): Promise<Seen> {
  return tab.evaluate(
    async ({ root, href, SENTENCE, DOUBT }) => {
      const place = document.querySelector<HTMLElement>(root) ?? document.body;
      const announced = place.querySelectorAll('[role="alert"], [role="status"]');
      const notices = [...announced].filter((notice) => notice.checkVisibility());
      const links = place.querySelectorAll<HTMLAnchorElement>(`a[download][href^="${href}"]`);
      const picture = place.querySelector("img");
      const player = place.querySelector<HTMLMediaElement>("video, audio");
      let decoded = false;
      if (picture?.complete && picture.naturalWidth > 0) {
        decoded = await picture.decode().then(
          () => true,
          () => false,
        );
      }
      // Firefox, on a machine without a sound device: the file is fine, and was decoded.
      const isMute = /MediaSink/.test(player?.error?.message ?? "");
      if (player?.paused && player.readyState > 0 && !player.ended) {
        player.muted = true;
        player.play().catch(() => {});
      }
      return {
        sentence: notices.some((notice) => notice.textContent?.includes(SENTENCE)),
        doubt: notices.some((notice) => notice.textContent?.includes(DOUBT)),
        link: [...links].some((link) => link.checkVisibility()),
        failed: notices.some((notice) => notice.textContent?.includes("Failed to load")),
        picture: picture && { complete: picture.complete, width: picture.naturalWidth, decoded },
        player: player && {
          film: player.tagName === "VIDEO",
          error: isMute ? 0 : (player.error?.code ?? 0),
          ready: player.readyState,
          width: (player as HTMLVideoElement).videoWidth ?? 0,
          at: isMute ? player.duration : player.currentTime,
        },
      };
    },
    { root, href: `/media/${mediaId}`, SENTENCE, DOUBT },
  );
}
