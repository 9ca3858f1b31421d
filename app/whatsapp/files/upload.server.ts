import { randomUUID } from "node:crypto";
import { z } from "zod";
import { type BackOff, createBackOff } from "../graph/back-off.server.ts";
import {
  type ConnectionOptions,
  createConnection,
  environmentConnection,
} from "../graph/connection.server.ts";
import { GraphError } from "../graph/graph-error.ts";
import { sendingBackOff } from "../graph/send.server.ts";
import { MEDIA_ID } from "../values/media-id.ts";

/** WhatsApp takes no byte for this long, or gives no answer after the last one. */
const STALL_MS = 30_000;

export interface Upload {
  /** Our number. */
  phoneNumberId: string;
  mimeType: string;
  /** Safe to put into a header: see cleanFileName. */
  filename: string;
  /** Read only as fast as WhatsApp takes it. An error of its own ends the upload, and is thrown. */
  bytes: AsyncIterable<Uint8Array>;
}

export type Uploader = ReturnType<typeof createUploader>;

const uploadAnswer = z.object({ id: z.string().regex(MEDIA_ID) });

/** Takes files to WhatsApp. */
export function createUploader(
  options: ConnectionOptions,
  { backOff = createBackOff(), stallMs = STALL_MS }: { backOff?: BackOff; stallMs?: number } = {},
) {
  const { ask, timeouts } = createConnection(options);
  // The stall's clock is ours: undici's also runs while the sender of the file is slow.
  const asking = { headersTimeout: 0, bodyTimeout: timeouts.lookupIdleMs };

  /**
   * Streams a file to WhatsApp, which keeps it for 30 days (Meta: Cloud API reference, Media,
   * "Upload media"). Its length needs not be known.
   *
   * @param signal ends the upload
   * @returns the file's media id
   * @throws {GraphError}, or what `bytes` throws
   */
  return async function upload(file: Upload, signal: AbortSignal): Promise<string> {
    const { phoneNumberId } = file;
    const stalled = new AbortController();
    const body = multipart(file, stalled, stallMs);
    const question = {
      method: "POST" as const,
      path: `${encodeURIComponent(phoneNumberId)}/media`,
      phoneNumberId,
      headers: { "content-type": `multipart/form-data; boundary=${body.boundary}` },
      body: body.bytes(),
      ...asking,
    };
    try {
      const answer = await backOff(phoneNumberId, () =>
        ask(question, AbortSignal.any([signal, stalled.signal])),
      );
      const parsed = uploadAnswer.safeParse(answer);
      if (!parsed.success) throw new GraphError("unexpected", "the upload's answer is malformed");
      return parsed.data.id;
    } catch (error) {
      throw body.failure() ?? (stalled.signal.aborted ? stalled.signal.reason : error);
    } finally {
      body.over();
    }
  };
}

function multipart({ mimeType, filename, bytes }: Upload, stalled: AbortController, ms: number) {
  const boundary = `tapview-${randomUUID()}`;
  const field = (name: string, value: string) =>
    `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
  const head = `${field("messaging_product", "whatsapp")}${field("type", mimeType)}--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${filename}"\r\nContent-Type: ${mimeType}\r\n\r\n`;
  const tail = `\r\n--${boundary}--\r\n`;
  let failure: unknown;
  let timer: NodeJS.Timeout | undefined;
  const wait = () => {
    timer = setTimeout(
      () => stalled.abort(new GraphError("timeout", "WhatsApp stopped taking the file")),
      ms,
    );
  };
  const over = () => clearTimeout(timer);

  return {
    boundary,
    /** What went wrong with the file's own bytes. */
    failure: () => failure,
    over,
    async *bytes() {
      yield* taken(Buffer.from(head));
      for await (const chunk of blamed(bytes)) yield* taken(chunk);
      wait();
      yield Buffer.from(tail);
    },
  };

  /** Only for what the bytes themselves throw: undici throws its own errors into whoever reads them. */
  async function* blamed(source: AsyncIterable<Uint8Array>) {
    const parts = source[Symbol.asyncIterator]();
    try {
      for (;;) {
        const part = await parts.next().catch((error: unknown) => {
          failure = error;
          throw error;
        });
        if (part.done) return;
        yield part.value;
      }
    } finally {
      await parts.return?.();
    }
  }

  /** Whoever reads comes back once the chunk has left, and not before. */
  function* taken(chunk: Uint8Array) {
    wait();
    yield chunk;
    over();
  }
}

export const upload = createUploader(environmentConnection, { backOff: sendingBackOff });
