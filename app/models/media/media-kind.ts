/** Media kinds that get a tile, under WhatsApp's own type names. */
export const mediaKinds = ["image", "video", "audio", "document", "sticker"] as const;
export type MediaKind = (typeof mediaKinds)[number];

/** @returns null for a type that carries no file */
export function mediaKindOf(type: string): MediaKind | null {
  return mediaKinds.find((kind) => kind === type) ?? null;
}
