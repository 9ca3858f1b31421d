import type { Download } from "#app/whatsapp/files/download.ts";
import {
  type MediaClient,
  type MediaLookup,
  mediaClient,
} from "#app/whatsapp/files/media-client.server.ts";
import { type BackOff, createBackOff } from "#app/whatsapp/graph/back-off.server.ts";
import { header } from "#app/whatsapp/graph/connection.server.ts";
import { GraphError, secondsOf } from "#app/whatsapp/graph/graph-error.ts";
import { createRetry, type Retry } from "#app/whatsapp/graph/retry.ts";
import { MediaFailure } from "../file/failure.ts";
import { type OpenMedia, openMediaFrom } from "./open-media.server.ts";
import { type MediaSource, type Resolver, resolver } from "./resolve.server.ts";

/** The download URL is dead or was never good: worth one fresh look-up. */
const STALE_URL = new Set([401, 403, 404]);

export function createMediaOpener(
  whatsapp: Pick<MediaClient, "downloadMedia">,
  { resolve, forget, noteGone }: Resolver,
  { retry = createRetry(), backOff = createBackOff() }: { retry?: Retry; backOff?: BackOff } = {},
) {
  return { lookUp, open };

  /**
   * What WhatsApp says of a file, without opening it.
   *
   * @throws {MediaFailure} or the signal's reason when the person has left
   */
  async function lookUp(media: MediaSource, signal: AbortSignal): Promise<MediaLookup> {
    return asMediaFailure(signal, () => resolve(media, signal));
  }

  /**
   * Opens a file, looking its id up again once when the URL has gone stale.
   *
   * @param range a Range header to pass on
   * @throws {MediaFailure} or the signal's reason when the person has left
   */
  function open(
    media: MediaSource,
    range: string | undefined,
    signal: AbortSignal,
  ): Promise<OpenMedia> {
    return asMediaFailure(signal, async () => {
      const first = await download(media, range, signal);
      if (!STALE_URL.has(first.answer.status)) return openMediaFrom(first, range);
      first.answer.body.destroy();
      forget(media, first.lookup);
      const second = await download(media, range, signal);
      const { status } = second.answer;
      if (!STALE_URL.has(status)) return openMediaFrom(second, range);
      second.answer.body.destroy();
      const detail = `the download answered ${status} twice`;
      throw status === 404 ? noteGone(media, detail) : new GraphError("refused", detail);
    });
  }

  async function download(media: MediaSource, range: string | undefined, signal: AbortSignal) {
    const lookup = await resolve(media, signal);
    const { phoneNumberId } = media;
    const answer = await backOff(phoneNumberId, () =>
      retry(async () => {
        const answer = await whatsapp.downloadMedia({ ...lookup, phoneNumberId, range }, signal);
        const trouble = troubleOf(answer);
        if (trouble) answer.body.destroy();
        if (trouble) throw trouble;
        return answer;
      }, signal),
    );
    return { lookup, answer };
  }
}

/** What may pass by itself. */
function troubleOf({ status, headers }: Download): GraphError | undefined {
  const detail = `the download answered ${status}`;
  if (status >= 500) return new GraphError("unavailable", detail);
  if (status !== 429) return undefined;
  return new GraphError("throttled", detail, secondsOf(header(headers, "retry-after")));
}

async function asMediaFailure<T>(signal: AbortSignal, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    signal.throwIfAborted();
    throw error instanceof GraphError ? fromGraph(error) : error;
  }
}

function fromGraph(error: GraphError): MediaFailure {
  const options = { detail: error.message, retryAfterSeconds: error.retryAfterSeconds };
  switch (error.kind) {
    case "gone":
    case "refused":
    case "throttled":
    case "timeout":
      return new MediaFailure(error.kind, options);
    case "unavailable":
    case "unexpected":
      return new MediaFailure("upstream", options);
  }
}

export const mediaOpener = createMediaOpener(mediaClient, resolver);
