import type { MediaKind } from "#app/models/message-kind.ts";

/** What a page makes of a file: a picture, a player, or a link to save it. */
export type Presentation = "picture" | "film" | "sound" | "download";

const presentations: Record<MediaKind, Presentation> = {
  image: "picture",
  video: "film",
  audio: "sound",
  document: "download",
  sticker: "picture",
};

export function presentationOf(kind: MediaKind): Presentation {
  return presentations[kind];
}

/** Whether it has a beginning and an end in time: a browser then takes it in parts. */
export function isPlayed(kind: MediaKind): boolean {
  const presentation = presentations[kind];
  return presentation === "film" || presentation === "sound";
}
