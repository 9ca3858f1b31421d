import { STATUS_CODES } from "node:http";
import { z } from "zod";
import type { Answer, Body, Exchange } from "#simulator/wire/exchange.ts";
import { cutAfter, stallAfter, trickle } from "./kinds/body.ts";
import { byteCount, definesFaults, milliseconds } from "./kinds/definition.ts";

const HEADER_PIECES = 20;

const fault = definesFaults<{ exchange: Exchange }>();
/** How a connection breaks: in good order (FIN), or at once (RST). */
const ending = z.literal(["fin", "rst"]).default("fin");

/** What can go wrong with the connection of either hop. */
export const connectionFaults = {
  slow: fault("slow to answer", { ms: milliseconds.default(2000) }, async (answer, { ms }, at) => {
    await at.exchange.sleep(ms);
    return answer;
  }),
  slowHeaders: fault(
    "sends its headers bit by bit",
    { ms: milliseconds.default(2000) },
    (answer, { ms }, { exchange }) => exchange.sendRaw(slowly(answer, ms, exchange), "fin"),
  ),
  never: fault("never answers", {}, (_answer, _options, { exchange }) => exchange.forever()),
  hangUp: fault(
    "breaks the connection instead of answering",
    { sent: z.string().default(""), ending },
    (_answer, { sent, ending }, { exchange }) =>
      exchange.sendRaw([Buffer.from(sent, "latin1")], ending),
  ),
  truncate: fault(
    "breaks off half-way",
    { afterBytes: byteCount.default(4096), ending },
    (answer, { afterBytes, ending }, { exchange }) => ({
      ...answer,
      body: cutAfter(answer.body, afterBytes, exchange, ending),
    }),
  ),
  stall: fault(
    "stops half-way, connection stays open",
    { afterBytes: byteCount.default(4096) },
    (answer, { afterBytes }, { exchange }) =>
      // A complete answer's reader would use the connection again, for somebody else's request.
      Number(answer.headers["Content-Length"]) <= afterBytes
        ? answer
        : { ...answer, body: stallAfter(answer.body, afterBytes, exchange) },
  ),
  trickle: fault(
    "very slow to send",
    { bytesPerSecond: z.number().int().min(1).default(8192) },
    (answer, { bytesPerSecond }, { exchange }) => ({
      ...answer,
      body: trickle(answer.body, bytesPerSecond, exchange),
    }),
  ),
};

async function* slowly({ status, headers, body }: Answer, ms: number, exchange: Exchange) {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const head = `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join("")}Connection: close\r\n\r\n`;
  const step = Math.ceil(head.length / HEADER_PIECES);
  for (let at = 0; at < head.length; at += step) {
    await exchange.sleep(ms / HEADER_PIECES);
    yield Buffer.from(head.slice(at, at + step), "latin1");
  }
  yield* body satisfies Body;
}
