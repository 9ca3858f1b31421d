import { z } from "zod";
import { htmlError } from "../cdn/refusals.ts";
import { type Answer, type Exchange, textAnswer } from "../exchange.ts";
import { graphError, noSuchObject } from "../graph/errors.ts";
import { definesFaults, type FaultInputOf, type FaultOf, milliseconds } from "./definition.ts";

interface LookupContext {
  exchange: Exchange;
  id: string;
  /** The usual answer, with its URL at another origin. */
  foundAt(origin: string): Answer;
}

const fault = definesFaults<LookupContext>();
const OAUTH = { type: "OAuthException" };

/** What can go wrong with a look-up. To add a fault, add an entry. */
export const lookupFaults = {
  none: fault("answers as usual", {}, (answer) => answer),
  gone: fault("400, code 100/33: no longer there", {}, (_answer, _options, { id }) =>
    noSuchObject(id),
  ),
  throttle: fault(
    "rate limited: code 130429, 80007, 613 or 4, as 429 or 400",
    {
      code: z.literal([4, 613, 80007, 130429]).default(130429),
      status: z.literal([400, 429]).default(429),
      retryAfterSeconds: z.number().int().min(0).default(120),
    },
    (_answer, options) => throttled(options),
  ),
  tokenExpired: fault("401, code 190/463", {}, () =>
    graphError(401, {
      message: "Error validating access token: Session has expired.",
      ...OAUTH,
      code: 190,
      error_subcode: 463,
    }),
  ),
  permission: fault("403, code 10", {}, () =>
    graphError(403, { message: "Not supported", ...OAUTH, code: 10 }),
  ),
  serverError: fault(
    "500 or 503 as JSON, 502 as the gateway's page",
    { status: z.literal([500, 502, 503]).default(500) },
    (_answer, { status }) => serverError(status),
  ),
  slow: fault("slow to answer", { ms: milliseconds.default(2000) }, async (answer, { ms }, at) => {
    await at.exchange.sleep(ms);
    return answer;
  }),
  never: fault("never answers", {}, (_answer, _options, { exchange }) => exchange.forever()),
  malformed: fault(
    "200 with something else than JSON",
    { body: z.string().default('{"url":"http:\\/\\/127.0.0.1') },
    (_answer, { body }) => textAnswer(200, { "Content-Type": "application/json" }, body),
  ),
  wrongHost: fault(
    "the file's URL at another host",
    { origin: z.url().default("https://media.elsewhere.test") },
    (_answer, { origin }, { foundAt }) => foundAt(origin),
  ),
};

export type LookupFault = FaultOf<"lookup", typeof lookupFaults>;
export type LookupFaultInput = FaultInputOf<"lookup", typeof lookupFaults>;

/** @throws when the client leaves while the fault keeps it waiting */
export async function applyLookupFault(
  fault: LookupFault,
  answer: Answer,
  context: LookupContext,
): Promise<Answer> {
  context.exchange.noteFault(fault.kind);
  const { apply } = lookupFaults[fault.kind];
  return (apply as (answer: Answer, options: LookupFault, context: LookupContext) => Answer)(
    answer,
    fault,
    context,
  );
}

function throttled(options: { code: number; status: 400 | 429; retryAfterSeconds: number }) {
  const retryAfter = { "Retry-After": String(options.retryAfterSeconds) };
  const details = "Cloud API message throughput has been reached.";
  return graphError(
    options.status,
    {
      message: `(#${options.code}) Rate limit hit`,
      ...OAUTH,
      code: options.code,
      error_data: { messaging_product: "whatsapp", details },
      ...(options.status === 400 && { error_subcode: 2494055 }),
    },
    options.status === 429 ? retryAfter : {},
  );
}

function serverError(status: 500 | 502 | 503) {
  if (status === 502) return htmlError(502);
  const message =
    status === 503 ? "(#2) Service temporarily unavailable" : "(#131000) Something went wrong";
  const code = status === 503 ? 2 : 131000;
  return graphError(status, { message, ...OAUTH, code, is_transient: true });
}
