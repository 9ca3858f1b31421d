import type { MediaPointer } from "#app/models/media.server.ts";
import { type Graph, graph, type MediaLookup } from "#app/whatsapp/graph.server.ts";
import { createSharedCalls } from "./shared-call.ts";

/** A URL this close to its end is not handed out any more. */
const EXPIRY_MARGIN_MS = 20_000;
const MAX_REMEMBERED = 10_000;

/** What a look-up is remembered under: one company's view of one file on one number. */
export type MediaSource = Pick<MediaPointer, "companyId" | "mediaId" | "phoneNumberId">;

export type Resolver = ReturnType<typeof createResolver>;

/**
 * Media ids to download URLs, remembered in memory (never elsewhere) until shortly before each
 * URL's own expiry, with one look-up in flight per file.
 */
export function createResolver(whatsapp: Pick<Graph, "lookUpMedia">, now: () => number = Date.now) {
  const remembered = new Map<string, MediaLookup>();
  const share = createSharedCalls<MediaLookup>();

  return { resolve, forget };

  /** @throws {GraphError} or the signal's reason */
  async function resolve(media: MediaSource, signal: AbortSignal): Promise<MediaLookup> {
    const key = keyOf(media);
    const known = remembered.get(key);
    if (known && known.expiresAt - EXPIRY_MARGIN_MS > now()) return known;
    return share(key, signal, async (shared) => {
      const lookup = await whatsapp.lookUpMedia(media, shared);
      remember(key, lookup);
      return lookup;
    });
  }

  /** Makes the next resolve ask WhatsApp, unless somebody else's answer has come in since. */
  function forget(media: MediaSource, lookup: MediaLookup): void {
    if (remembered.get(keyOf(media)) === lookup) remembered.delete(keyOf(media));
  }

  function remember(key: string, lookup: MediaLookup): void {
    remembered.delete(key);
    remembered.set(key, lookup);
    if (remembered.size <= MAX_REMEMBERED) return;
    const [oldest] = remembered.keys();
    if (oldest !== undefined) remembered.delete(oldest);
  }
}

function keyOf({ companyId, phoneNumberId, mediaId }: MediaSource): string {
  return `${companyId}/${phoneNumberId}/${mediaId}`;
}

export const resolver = createResolver(graph);
