import type { StoredMedia } from "#simulator/media/store.ts";
import type { Answer, Exchange } from "#simulator/wire/exchange.ts";
import { definesFaults } from "../kinds/definition.ts";

export interface DownloadContext {
  exchange: Exchange;
  media: StoredMedia;
  /** The usual answer to a request without Range. */
  whole(): Answer;
}

export const downloadFault = definesFaults<DownloadContext>();

/** Where in the file an answer begins, from its Content-Range. */
export function startOf(answer: Answer): number {
  const [, start] = /^bytes (\d+)-/.exec(answer.headers["Content-Range"] ?? "") ?? [];
  return Number(start ?? 0);
}
