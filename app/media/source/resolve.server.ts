import type { MediaPointer } from "#app/models/media/media.server.ts";
import {
  type MediaClient,
  type MediaLookup,
  mediaClient,
} from "#app/whatsapp/files/media-client.server.ts";
import { type BackOff, createBackOff } from "#app/whatsapp/graph/back-off.server.ts";
import { GraphError } from "#app/whatsapp/graph/graph-error.ts";
import { createRetry, type Retry } from "#app/whatsapp/graph/retry.ts";
import { type TokenHealth, tokenHealth } from "#app/whatsapp/graph/token-health.server.ts";
import { createExpiringMap } from "./expiring-map.ts";
import { createSingleFlight } from "./single-flight.ts";

/** A URL this close to its end is not handed out any more. */
const EXPIRY_MARGIN_MS = 20_000;
/** Long enough for a burst of taps, short enough for a file that WhatsApp had only mislaid. */
const GONE_MS = 30_000;

/** What a look-up is remembered under: one company's view of one file on one number. */
export type MediaSource = Pick<
  MediaPointer,
  "companyId" | "mediaId" | "phoneNumberId" | "tokenRefused"
>;

export type Resolver = ReturnType<typeof createResolver>;

export interface ResolverOptions {
  now?: () => number;
  retry?: Retry;
  backOff?: BackOff;
  tokenHealth?: TokenHealth;
}

/**
 * Media ids to download URLs, remembered in memory (never elsewhere) until shortly before each
 * URL's own expiry, with one look-up in flight per file. That a file is gone is remembered too,
 * briefly.
 */
export function createResolver(
  whatsapp: Pick<MediaClient, "lookUpMedia">,
  options: ResolverOptions = {},
) {
  const { now = Date.now, retry = createRetry(), backOff = createBackOff(now) } = options;
  const health = options.tokenHealth ?? tokenHealth;
  const remembered = createExpiringMap<MediaLookup | GraphError>(now);
  const share = createSingleFlight<MediaLookup>();

  return { resolve, forget, noteGone };

  /** @throws {GraphError} or the signal's reason */
  async function resolve(media: MediaSource, signal: AbortSignal): Promise<MediaLookup> {
    const key = keyOf(media);
    const known = remembered.get(key);
    if (known instanceof GraphError) throw known;
    if (known) return known;
    return share(key, signal, async (shared) => {
      try {
        const lookUp = () => whatsapp.lookUpMedia(media, shared);
        const lookup = await backOff(media.phoneNumberId, () => retry(lookUp, shared));
        remembered.set(key, lookup, lookup.expiresAt - EXPIRY_MARGIN_MS);
        health.accepted(media, media.tokenRefused);
        return lookup;
      } catch (error) {
        if (error instanceof GraphError) note(media, error);
        throw error;
      }
    });
  }

  /** Makes the next resolve ask WhatsApp, unless somebody else's answer has come in since. */
  function forget(media: MediaSource, lookup: MediaLookup): void {
    if (remembered.get(keyOf(media)) === lookup) remembered.delete(keyOf(media));
  }

  /** The file can't be downloaded, though a look-up finds it. */
  function noteGone(media: MediaSource, detail: string): GraphError {
    const error = new GraphError("gone", detail);
    note(media, error);
    return error;
  }

  function note(media: MediaSource, error: GraphError): void {
    if (error.kind === "gone") remembered.set(keyOf(media), error, now() + GONE_MS);
    if (error.kind === "refused") health.refused(media, error.message);
  }
}

function keyOf({ companyId, phoneNumberId, mediaId }: MediaSource): string {
  return `${companyId}/${phoneNumberId}/${mediaId}`;
}

export const resolver = createResolver(mediaClient);
