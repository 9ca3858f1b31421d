import { Readable } from "node:stream";
import { createGzip } from "node:zlib";
import { z } from "zod";
import { htmlError, notFound } from "../cdn/refusals.ts";
import { type Answer, type Exchange, textAnswer } from "../exchange.ts";
import { wrongToken } from "../graph/errors.ts";
import type { StoredMedia } from "../media/store.ts";
import { cutAfter, stallAfter, trickle, withExtraBytes, withFlippedByte } from "./body.ts";
import {
  byteCount,
  definesFaults,
  type FaultInputOf,
  type FaultOf,
  milliseconds,
} from "./definition.ts";

interface DownloadContext {
  exchange: Exchange;
  media: StoredMedia;
  /** The usual answer to a request without Range. */
  whole(): Answer;
}

const fault = definesFaults<DownloadContext>();
const SCRIPT = "<!DOCTYPE html><script>document.title = 'script ran'</script>\n";

/** What can go wrong with a download. To add a fault, add an entry. */
export const downloadFaults = {
  none: fault("answers as usual", {}, (answer) => answer),
  gone: fault("404, as for an expired URL", {}, () => notFound()),
  unauthorized: fault("401", {}, () => wrongToken()),
  serverError: fault(
    "500, 502 or 503",
    { status: z.literal([500, 502, 503]).default(500) },
    (_answer, { status }) => htmlError(status),
  ),
  slow: fault("slow to answer", { ms: milliseconds.default(2000) }, async (answer, { ms }, at) => {
    await at.exchange.sleep(ms);
    return answer;
  }),
  never: fault("never answers", {}, (_answer, _options, { exchange }) => exchange.forever()),
  stall: fault(
    "stops half-way, connection stays open",
    { afterBytes: byteCount.default(4096) },
    (answer, { afterBytes }, { exchange }) => ({
      ...answer,
      body: stallAfter(answer.body, afterBytes, exchange),
    }),
  ),
  truncate: fault(
    "breaks off half-way",
    { afterBytes: byteCount.default(4096) },
    (answer, { afterBytes }, { exchange }) => ({
      ...answer,
      body: cutAfter(answer.body, afterBytes, exchange),
    }),
  ),
  wrongType: fault(
    "another type; as text/html, a script",
    { mimeType: z.string().min(1).default("text/html"), body: z.string().optional() },
    (answer, { mimeType, body }) => {
      const script = mimeType.startsWith("text/html") ? SCRIPT : undefined;
      const text = body ?? script;
      if (text !== undefined) return textAnswer(200, { "Content-Type": mimeType }, text);
      return { ...answer, headers: { ...answer.headers, "Content-Type": mimeType } };
    },
  ),
  htmlError: fault("200 with an HTML error page", {}, () => htmlError(200)),
  wrongHash: fault("one byte is wrong", {}, (answer, _options, { media }) => ({
    ...answer,
    body: withFlippedByte(answer.body, Math.floor(media.content.size / 2) - startOf(answer)),
  })),
  trickle: fault(
    "very slow to send",
    { bytesPerSecond: z.number().int().min(1).default(8192) },
    (answer, { bytesPerSecond }, { exchange }) => ({
      ...answer,
      body: trickle(answer.body, bytesPerSecond, exchange),
    }),
  ),
  redirect: fault(
    "redirects elsewhere",
    {
      location: z.string().min(1).default("https://media.elsewhere.test/file"),
      status: z.literal([301, 302, 303, 307, 308]).default(302),
    },
    (_answer, { location, status }) => textAnswer(status, { Location: location }, ""),
  ),
  ignoreRange: fault("200 to a Range request", {}, (_answer, _options, { whole }) => whole()),
  oversize: fault(
    "more bytes than announced",
    { extraBytes: byteCount.default(1024) },
    (answer, { extraBytes }) => ({
      ...withoutLength(answer),
      body: withExtraBytes(answer.body, extraBytes),
    }),
  ),
  chunked: fault("no Content-Length", {}, withoutLength),
  encoding: fault("compressed though nobody asked", {}, (answer) => ({
    status: answer.status,
    headers: { ...withoutLength(answer).headers, "Content-Encoding": "gzip" },
    body: Readable.from(answer.body).pipe(createGzip()),
  })),
};

export type DownloadFault = FaultOf<"download", typeof downloadFaults>;
export type DownloadFaultInput = FaultInputOf<"download", typeof downloadFaults>;

/** @throws when the client leaves while the fault keeps it waiting */
export async function applyDownloadFault(
  fault: DownloadFault,
  answer: Answer,
  context: DownloadContext,
): Promise<Answer> {
  context.exchange.noteFault(fault.kind);
  const { apply } = downloadFaults[fault.kind];
  return (apply as (answer: Answer, options: DownloadFault, context: DownloadContext) => Answer)(
    answer,
    fault,
    context,
  );
}

function withoutLength({ status, headers, body }: Answer): Answer {
  const { "Content-Length": _length, ...rest } = headers;
  return { status, headers: rest, body };
}

function startOf(answer: Answer) {
  const [, start] = /^bytes (\d+)-/.exec(answer.headers["Content-Range"] ?? "") ?? [];
  return Number(start ?? 0);
}
