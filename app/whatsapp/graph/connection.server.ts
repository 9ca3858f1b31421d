import type { IncomingHttpHeaders } from "node:http";
import { Readable } from "node:stream";
import { Agent, type Dispatcher, errors, request } from "undici";
import { env } from "#app/process/env.server.ts";
import { accessToken } from "./access-token.server.ts";
import { ConnectionCut, GraphError, graphErrorFrom } from "./graph-error.ts";
import { recyclingConnector } from "./read-buffers.ts";

export const TIMEOUTS = { connectMs: 5_000, headersMs: 10_000, lookupIdleMs: 5_000 };
const MAX_ANSWER_BYTES = 64 * 1024;
/** Downloads fail, or get an HTML page, without a product User-Agent of one's own. */
const USER_AGENT = "tapview/1.0";

export interface ConnectionOptions {
  baseUrl: string;
  version: string;
  accessToken: (phoneNumberId: string) => Promise<string>;
  timeouts?: typeof TIMEOUTS;
  dispatcher?: Dispatcher;
}

interface Question
  extends Pick<Dispatcher.RequestOptions, "method" | "headersTimeout" | "bodyTimeout"> {
  /** Below the version: an id, or an id and an edge. */
  path: string;
  /** The business number whose token is used. */
  phoneNumberId: string;
  headers?: Record<string, string>;
  /** Asked for its bytes once there is a connection, and only as fast as they leave. */
  body?: AsyncIterable<Uint8Array>;
}

/** The way to WhatsApp's Graph API. */
export function createConnection(options: ConnectionOptions) {
  const timeouts = options.timeouts ?? TIMEOUTS;
  const dispatcher =
    options.dispatcher ??
    new Agent({
      connect: recyclingConnector(timeouts.connectMs),
      connections: null,
      pipelining: 1,
    });

  return { timeouts, dispatcher, identification, ask };

  /**
   * Asks the Graph API, and reads its JSON: undefined where it is none.
   *
   * @throws {GraphError} for any answer but a 2xx, and when none came
   */
  async function ask(question: Question, signal: AbortSignal): Promise<unknown> {
    const { path, phoneNumberId, headers, body: bytes, ...rest } = question;
    const identified = { ...(await identification(phoneNumberId)), ...headers };
    const answer = await request(`${options.baseUrl}/${options.version}/${path}`, {
      dispatcher,
      signal,
      headers: identified,
      headersTimeout: timeouts.headersMs,
      bodyTimeout: timeouts.lookupIdleMs,
      ...rest,
      ...(bytes && { body: Readable.from(bytes, { objectMode: false }) }),
    }).catch((error: unknown) => {
      throw connectionError(error);
    });
    const body = await readJson(answer.body, MAX_ANSWER_BYTES);
    const { statusCode } = answer;
    if (statusCode >= 200 && statusCode < 300) return body;
    const [retryAfter, usage] = ["retry-after", "x-business-use-case-usage"].map((name) =>
      header(answer.headers, name),
    );
    throw graphErrorFrom(statusCode, body, retryAfter, usage);
  }

  /** @throws {GraphError} refused, when there is no token for the number */
  async function identification(phoneNumberId: string) {
    try {
      const token = await options.accessToken(phoneNumberId);
      return { authorization: `Bearer ${token}`, "user-agent": USER_AGENT };
    } catch (error) {
      throw new GraphError("refused", error instanceof Error ? error.message : String(error));
    }
  }
}

/** One header's value; of several, the first. */
export function header(headers: IncomingHttpHeaders, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
}

const CUT = new Set(["UND_ERR_SOCKET", "ECONNRESET", "EPIPE"]);

/** What a connection's error means: timeout, or unavailable. */
export function connectionError(error: unknown): GraphError {
  if (error instanceof GraphError) return error;
  const detail = error instanceof Error ? error.message : String(error);
  const { code } = Object(error) as { code?: unknown };
  if (typeof code === "string" && CUT.has(code)) return new ConnectionCut(detail);
  const late = error instanceof errors.UndiciError && error.code.endsWith("_TIMEOUT");
  return new GraphError(late ? "timeout" : "unavailable", detail);
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
    throw connectionError(error);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString("utf8"));
  } catch {
    return undefined;
  }
}

/** Where the environment says that WhatsApp is. */
export const environmentConnection: ConnectionOptions = {
  baseUrl: env.WHATSAPP_GRAPH_URL.replace(/\/+$/, ""),
  version: env.WHATSAPP_GRAPH_VERSION,
  accessToken,
};
