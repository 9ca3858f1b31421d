import { Readable } from "node:stream";
import { createBrotliCompress, createDeflate, createGzip } from "node:zlib";
import { z } from "zod";
import { type Answer, type Body, type Exchange, textAnswer } from "#simulator/wire/exchange.ts";
import { followedBy, withExtraBytes, zeros } from "./body.ts";
import { byteCount, definesFaults } from "./definition.ts";

const fault = definesFaults<{ exchange: Exchange }>();
const status = z.literal([301, 302, 303, 307, 308]).default(302);
const ENCODERS = { gzip: createGzip, deflate: createDeflate, br: createBrotliCompress };
const encoding = z.literal(["gzip", "deflate", "br"]).default("gzip");

/** What harms a browser, or a proxy, that takes it over from us. */
const HARMFUL_HEADERS = {
  "Set-Cookie": "session=stolen; Path=/",
  "Content-Security-Policy": "default-src *",
  Refresh: "0; url=https://media.elsewhere.test/",
  "Clear-Site-Data": '"*"',
  "Access-Control-Allow-Origin": "*",
  "WWW-Authenticate": 'Basic realm="WhatsApp"',
  "Strict-Transport-Security": "max-age=0",
  "X-Frame-Options": "ALLOWALL",
  "X-Accel-Redirect": "/etc/passwd",
  Link: "<https://media.elsewhere.test/s.css>; rel=stylesheet",
  "X-Unheard-Of": "1",
};

/** What either hop can answer that HTTP knows and the contract doesn't. */
export const httpFaults = {
  redirect: fault(
    "redirects elsewhere",
    { location: z.string().min(1).default("https://media.elsewhere.test/file"), status },
    (_answer, { location, status }) => textAnswer(status, { Location: location }, ""),
  ),
  redirectLoop: fault("redirects to itself", { status }, (_answer, { status }, { exchange }) =>
    textAnswer(status, { Location: exchange.url.href }, ""),
  ),
  extraHeaders: fault(
    "headers that harm who passes them on",
    { headers: z.record(z.string(), z.string()).default(HARMFUL_HEADERS) },
    (answer, { headers }) => ({ ...answer, headers: { ...answer.headers, ...headers } }),
  ),
  encoding: fault("compressed though nobody asked", { encoding }, (answer, { encoding }) =>
    encoded(answer, encoding),
  ),
  bomb: fault(
    "small when compressed, huge when not",
    { encoding, expandedBytes: byteCount.default(64 * 1024 * 1024) },
    (answer, { encoding, expandedBytes }) =>
      encoded({ ...answer, body: zeros(expandedBytes) }, encoding),
  ),
  chunked: fault("no Content-Length", {}, withoutLength),
  wrongLength: fault(
    "a Content-Length that is so many bytes too long, or too short",
    { by: z.number().int().default(-1) },
    (answer, { by }, { exchange }) => ({
      ...withLength(answer, by),
      // Without the break its reader would wait for the bytes that never come.
      body: by > 0 ? followedBy(answer.body, () => exchange.breakOff()) : answer.body,
    }),
  ),
  oversize: fault(
    "more bytes than announced",
    { extraBytes: byteCount.default(1024) },
    (answer, { extraBytes }) => ({
      ...withoutLength(answer),
      body: withExtraBytes(answer.body, zeros(extraBytes)),
    }),
  ),
  secondAnswer: fault(
    "another answer behind the right one, for whoever asks next",
    { text: z.string().default("somebody else's") },
    (answer, { text }) => ({
      ...answer,
      body: withExtraBytes(answer.body, [
        Buffer.from(`HTTP/1.1 200 OK\r\nContent-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`),
      ]),
    }),
  ),
};

/** The answer in chunks, or until the connection ends. */
export function withoutLength({ status, headers, body }: Answer): Answer {
  const { "Content-Length": _length, ...rest } = headers;
  return { status, headers: rest, body };
}

function withLength(answer: Answer, by: number): Answer {
  const length = Math.max(0, Number(answer.headers["Content-Length"] ?? 0) + by);
  return { ...answer, headers: { ...answer.headers, "Content-Length": String(length) } };
}

function encoded(answer: Answer, encoding: keyof typeof ENCODERS): Answer {
  const { status, headers, body } = withoutLength(answer);
  return {
    status,
    headers: { ...headers, "Content-Encoding": encoding },
    body: Readable.from(body).pipe(ENCODERS[encoding]()) as Body,
  };
}
