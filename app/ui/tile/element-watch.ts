/** Any of the three, by the properties that each has. */
export type MediaElement = HTMLImageElement & HTMLVideoElement & HTMLAudioElement;

/** A player that gets nothing more, shows nothing and doesn't complain has given up. */
const STALLED_MS = 20_000;

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
  const hearKind = () =>
    hear(player.localName === "video" && player.videoWidth === 0 ? "sound only" : "shown");
  player.addEventListener("loadedmetadata", hearKind, { signal });
  player.addEventListener("error", () => hear("failed"), { signal });
  if (player.error) hear("failed");
  else if (player.readyState > 0) hearKind();
  let timer: ReturnType<typeof setTimeout>;
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(() => player.readyState === 0 && hear("failed"), STALLED_MS);
  };
  wait();
  player.addEventListener("progress", wait, { signal });
  signal.addEventListener("abort", () => clearTimeout(timer));
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
  if (picture.complete) void draw();
}

function isPlayer(element: MediaElement): boolean {
  return element.localName !== "img";
}
