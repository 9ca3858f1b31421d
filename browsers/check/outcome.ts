import type { Seen } from "./seen.ts";

/** HTMLMediaElement.HAVE_CURRENT_DATA */
const HAVE_CURRENT_DATA = 2;

/** What a person has of a file after the tap. */
export type Outcome =
  | { is: "shown" }
  | { is: "saved"; name: string }
  /** The tile says that the browser can't show it, and offers it. */
  | { is: "said" }
  /** It is not shown; the page, which can't know that, has warned and offers it. */
  | { is: "warned" }
  | { is: "failed"; how: string };

/** @returns undefined while the page may still be on its way */
export function outcomeOf(seen: Seen): Outcome | undefined {
  const { sentence, doubt, link, failed, picture, player } = seen;
  const broken = (how: string): Outcome =>
    doubt && link ? { is: "warned" } : { is: "failed", how };
  if (sentence) return link ? { is: "said" } : { is: "failed", how: "no link to save it" };
  if (failed) return { is: "failed", how: "Failed to load" };
  if (picture?.complete) {
    if (picture.width > 0 && picture.decoded) return { is: "shown" };
    return broken("broken picture");
  }
  if (player?.error) return broken(`player with error ${player.error}`);
  if (!player || player.ready < HAVE_CURRENT_DATA || player.at === 0) return undefined;
  if (player.film && player.width === 0) return broken("sound without picture");
  return { is: "shown" };
}

/** @param expected a name whose extension it must have */
export function savedAs(name: string | undefined, expected: string): Outcome {
  if (name === undefined) return { is: "failed", how: "no link to save it" };
  const extension = (path: string) => path.slice(path.lastIndexOf("."));
  if (extension(name) === extension(expected)) return { is: "saved", name };
  return { is: "failed", how: `saved as ${name}` };
}
