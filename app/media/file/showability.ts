import type { MediaKind } from "#app/models/message-kind.ts";
export function createShowability(_kind: MediaKind) {
  return {
    take(_chunk: Uint8Array, _at: number) {},
    isCertain: () => true,
    isHopeless: () => false,
  };
}
