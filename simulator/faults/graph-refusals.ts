import { z } from "zod";
import { htmlError } from "#simulator/answers/download-refusals.ts";
import { graphError } from "#simulator/answers/errors.ts";
import { regainUsage } from "#simulator/answers/usage.ts";
import type { Answer } from "#simulator/wire/exchange.ts";
import {
  definesFaults,
  type RetryAfter,
  retryAfter,
  retryAfterHeader,
} from "./kinds/definition.ts";

const OAUTH = { type: "OAuthException" };
const fault = definesFaults<unknown>();

/** What Graph answers to any request that it doesn't carry out. */
export const graphRefusals = {
  throttle: fault(
    "rate limited: code 130429, 80007, 613 or 4, as 429 or 400",
    {
      code: z.literal([4, 613, 80007, 130429]).default(130429),
      status: z.literal([400, 429]).default(429),
      ...retryAfter,
      /** The header x-business-use-case-usage then says so, as minutes. */
      regainMinutes: z.number().int().min(0).optional(),
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
  error: fault(
    "any error of Graph",
    {
      status: z.number().int().min(400).max(599).default(400),
      code: z.number().int().default(1),
      subcode: z.number().int().optional(),
    },
    (_answer, { status, code, subcode }) =>
      graphError(status, {
        message: `(#${code}) An error`,
        ...OAUTH,
        code,
        ...(subcode !== undefined && { error_subcode: subcode }),
      }),
  ),
};

function throttled(
  options: { code: number; status: 400 | 429; regainMinutes?: number | undefined } & RetryAfter,
): Answer {
  const { code, status, regainMinutes } = options;
  const details = "Cloud API message throughput has been reached.";
  return graphError(
    status,
    {
      message: `(#${code}) Rate limit hit`,
      ...OAUTH,
      code,
      error_data: { messaging_product: "whatsapp", details },
      ...(status === 400 && { error_subcode: 2494055 }),
    },
    {
      ...(status === 429 && retryAfterHeader(options)),
      ...(regainMinutes !== undefined && regainUsage(regainMinutes)),
    },
  );
}

export function serverError(status: 500 | 502 | 503): Answer {
  if (status === 502) return htmlError(502);
  const message =
    status === 503 ? "(#2) Service temporarily unavailable" : "(#131000) Something went wrong";
  const code = status === 503 ? 2 : 131000;
  return graphError(status, { message, ...OAUTH, code, is_transient: true });
}
