import type { IncomingHttpHeaders } from "node:http";
import type { Readable } from "node:stream";
import { Agent, type Dispatcher, errors, request } from "undici";
import { z } from "zod";
import { env } from "#app/env.server.ts";
import { isLoopbackHost } from "#app/loopback.ts";
import { accessToken } from "./access-token.server.ts";
import { type Download, openDownload } from "./download.ts";
import { GraphError, graphErrorFrom } from "./graph-error.ts";
import { recyclingConnector } from "./read-buffers.ts";
import { toSha256Hex } from "./sha256.ts";

const TIMEOUTS = { connectMs: 5_000, headersMs: 10_000, lookupIdleMs: 5_000 };
const MAX_LOOKUP_BYTES = 64 * 1024;
/** Meta documents 5 minutes; used when a URL doesn't carry its own expiry. */
const URL_LIFETIME_MS = 5 * 60_000;
/** Downloads fail, or get an HTML page, without a product User-Agent of one's own. */
const USER_AGENT = "tapview/1.0";

/** The answer to a media look-up (Meta: Cloud API reference, Media, "Retrieve media URL"). */
export interface MediaLookup {
  url: string;
  mimeType: string | null;
  /** Lower-case hex. */
  sha256: string | null;
  fileSize: number | null;
  /** When the URL stops working, in milliseconds since 1970. */
  expiresAt: number;
}

export interface GraphOptions {
  baseUrl: string;
  version: string;
  /** Hosts that may be sent the bearer token: host, or host:port. */
  mediaHosts: readonly string[];
  accessToken: (phoneNumberId: string) => Promise<string>;
  timeouts?: typeof TIMEOUTS;
  dispatcher?: Dispatcher;
  now?: () => number;
}

export type Graph = ReturnType<typeof createGraph>;

const lookupAnswer = z.object({
  url: z.url(),
  mime_type: z.string().nullish(),
  sha256: z.string().nullish(),
  // A number on the wire, a string in Meta's documents.
  file_size: z.coerce.number().int().nonnegative().nullish(),
});

/** WhatsApp's Graph API and the host it hands out files from. */
export function createGraph(options: GraphOptions) {
  const now = options.now ?? Date.now;
  const timeouts = options.timeouts ?? TIMEOUTS;
  const dispatcher =
    options.dispatcher ??
    new Agent({
      connect: recyclingConnector(timeouts.connectMs),
      connections: null,
      pipelining: 1,
    });

  return { lookUpMedia, downloadMedia };

  /**
   * Asks for the URL and description of a media id.
   *
   * @param media phoneNumberId: the business number whose token is used
   * @throws {GraphError}
   */
  async function lookUpMedia(
    media: { mediaId: string; phoneNumberId: string },
    signal: AbortSignal,
  ): Promise<MediaLookup> {
    const url = `${options.baseUrl}/${options.version}/${encodeURIComponent(media.mediaId)}`;
    const answer = await ask(url, media.phoneNumberId, signal);
    if (answer.statusCode !== 200) {
      const [retryAfter, usage] = ["retry-after", "x-business-use-case-usage"].map((name) =>
        header(answer.headers, name),
      );
      throw graphErrorFrom(answer.statusCode, answer.body, retryAfter, usage);
    }
    const parsed = lookupAnswer.safeParse(answer.body);
    if (!parsed.success) throw new GraphError("unexpected", "the look-up's answer is malformed");
    if (!isAllowed(parsed.data.url)) {
      throw new GraphError(
        "unexpected",
        `the look-up named ${new URL(parsed.data.url).host}, which is not in WHATSAPP_MEDIA_HOSTS`,
      );
    }
    return {
      url: parsed.data.url,
      mimeType: parsed.data.mime_type ?? null,
      sha256: toSha256Hex(parsed.data.sha256),
      fileSize: parsed.data.file_size ?? null,
      expiresAt: urlExpiry(parsed.data.url) ?? now() + URL_LIFETIME_MS,
    };
  }

  /**
   * Opens a download. Redirects are not followed: the token must not leave for another host.
   *
   * @param media url: from a look-up; range: a Range header to pass on
   * @throws {GraphError} only when no answer came; any status is returned
   */
  async function downloadMedia(
    media: { url: string; phoneNumberId: string; range?: string | undefined },
    signal: AbortSignal,
  ): Promise<Download> {
    if (!isAllowed(media.url)) throw new GraphError("unexpected", "the host is not allowed");
    const headers = {
      ...(await identification(media.phoneNumberId)),
      "accept-encoding": "identity",
      ...(media.range && { range: media.range }),
    };
    const question = { url: media.url, headers, headersTimeoutMs: timeouts.headersMs };
    return openDownload(dispatcher, question, signal).catch((error: unknown) => {
      throw connectionError(error);
    });
  }

  async function ask(url: string, phoneNumberId: string, signal: AbortSignal) {
    const headers = await identification(phoneNumberId);
    try {
      const answer = await request(url, {
        dispatcher,
        signal,
        headers,
        headersTimeout: timeouts.headersMs,
        bodyTimeout: timeouts.lookupIdleMs,
      });
      return { ...answer, body: await readJson(answer.body, MAX_LOOKUP_BYTES) };
    } catch (error) {
      throw connectionError(error);
    }
  }

  async function identification(phoneNumberId: string) {
    try {
      const token = await options.accessToken(phoneNumberId);
      return { authorization: `Bearer ${token}`, "user-agent": USER_AGENT };
    } catch (error) {
      throw new GraphError("refused", error instanceof Error ? error.message : String(error));
    }
  }

  function isAllowed(value: string): boolean {
    const url = new URL(value);
    const secure =
      url.protocol === "https:" || (url.protocol === "http:" && isLoopbackHost(url.hostname));
    return secure && !url.username && !url.password && options.mediaHosts.includes(url.host);
  }
}

/** One header's value; of several, the first. */
export function header(headers: IncomingHttpHeaders, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
}

async function readJson(body: Readable, limit: number): Promise<unknown> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > limit)
        throw new GraphError("unexpected", `an answer of more than ${limit} bytes`);
      chunks.push(chunk);
    }
  } catch (error) {
    throw error instanceof GraphError ? error : connectionError(error);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString("utf8"));
  } catch {
    return undefined;
  }
}

/** A lookaside URL carries its expiry as ext=, in seconds since 1970. */
function urlExpiry(url: string): number | undefined {
  const ext = new URL(url).searchParams.get("ext");
  return ext && /^\d{9,11}$/.test(ext) ? Number(ext) * 1000 : undefined;
}

function connectionError(error: unknown): GraphError {
  if (error instanceof GraphError) return error;
  const detail = error instanceof Error ? error.message : String(error);
  const late = error instanceof errors.UndiciError && error.code.endsWith("_TIMEOUT");
  return new GraphError(late ? "timeout" : "unavailable", detail);
}

export const graph = createGraph({
  baseUrl: env.WHATSAPP_GRAPH_URL.replace(/\/+$/, ""),
  version: env.WHATSAPP_GRAPH_VERSION,
  mediaHosts: env.WHATSAPP_MEDIA_HOSTS,
  accessToken,
});
