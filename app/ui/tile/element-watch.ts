/** Any of the three, by the properties that each has. */
export type MediaElement = HTMLImageElement & HTMLVideoElement & HTMLAudioElement;

/** A player that gets nothing more, shows nothing and doesn't complain has given up. */
const STALLED_MS = 20_000;
/** How long a film without a picture may still turn out to have one. */
const PICTURE_MS = 500;

/**
 * Hears what becomes of a file's element, or has become of it already: that it shows the file,
 * plays only its sound, or can't.
 *
 * @returns stops listening
 */
export function watchElement(
  element: MediaElement,
  hear: (event: "shown" | "sound only" | "failed") => void,
): () => void {
  const listening = new AbortController();
  const { signal } = listening;
  if (isPlayer(element)) watchPlayer(element, hear, signal);
  else watchPicture(element, hear, signal);
  return () => listening.abort();
}

function watchPlayer(
  player: HTMLVideoElement,
  hear: (event: "shown" | "sound only" | "failed") => void,
  signal: AbortSignal,
): void {
  let timer: ReturnType<typeof setTimeout>;
  const after = (ms: number, then: () => void) => {
    clearTimeout(timer);
    timer = setTimeout(then, ms);
  };
  const on = (name: string, listener: () => void) =>
    player.addEventListener(name, listener, { signal });
  const hearKind = () => {
    if (player.localName !== "video" || player.videoWidth > 0) {
      clearTimeout(timer);
      return hear("shown");
    }
    // WebKit can know of a film before it knows of its picture.
    after(PICTURE_MS, () => hear(player.videoWidth > 0 ? "shown" : "sound only"));
  };
  const waitForMore = () =>
    player.readyState === 0 && after(STALLED_MS, () => player.readyState === 0 && hear("failed"));
  on("error", () => hear("failed"));
  for (const name of ["loadedmetadata", "loadeddata", "resize"]) on(name, hearKind);
  on("progress", waitForMore);
  signal.addEventListener("abort", () => clearTimeout(timer));
  if (player.error) hear("failed");
  else if (player.readyState > 0) hearKind();
  else waitForMore();
}

function watchPicture(
  picture: HTMLImageElement,
  hear: (event: "shown" | "failed") => void,
  signal: AbortSignal,
): void {
  // Firefox can say that a picture has loaded, and find out later that it can't draw it.
  const draw = () =>
    Promise.resolve(picture.decode?.()).then(
      () => !signal.aborted && hear("shown"),
      () => !signal.aborted && hear("failed"),
    );
  picture.addEventListener("load", draw, { signal });
  picture.addEventListener("error", () => hear("failed"), { signal });
  if (picture.complete && (picture.naturalWidth > 0 || "decode" in picture)) void draw();
}

function isPlayer(element: MediaElement): boolean {
  return element.localName !== "img";
}
