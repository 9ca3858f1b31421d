import { z } from "zod";
import { refusal, sendErrorCodes } from "#simulator/answers/send-errors.ts";
import type { Answer, Exchange } from "#simulator/wire/exchange.ts";
import { connectionFaults } from "./connection.ts";
import { graphAnswers } from "./graph-answers.ts";
import { graphRefusals, serverError } from "./graph-refusals.ts";
import { definesFaults } from "./kinds/definition.ts";
import { httpFaults } from "./kinds/http.ts";

const fault = definesFaults<unknown>();
const code = z
  .int()
  .refine((one) => sendErrorCodes.includes(one), `is none of ${sendErrorCodes.join(", ")}`);

/** An error code of WhatsApp's that a message can meet. */
export const sendErrorCode = code;

const refusals = {
  refuse: fault(
    "refused with one of WhatsApp's own codes",
    { code: code.default(131026) },
    (_answer, { code }) => refusal(code),
  ),
  ...graphRefusals,
};

/** What can go wrong with whatever is posted to Graph. */
export const postFaults = {
  none: fault("answers as usual", {}, (answer) => answer),
  ...refusals,
  ...connectionFaults,
  ...graphAnswers,
  ...httpFaults,
};

/**
 * What a fault makes of a request that changes something. Unless the fault says so itself, a refused
 * one changed nothing, and every other one was carried out before things went wrong.
 *
 * @param carryOut gives the usual answer
 */
export async function applyPostFault<
  Fault extends { kind: string; accepted?: boolean | undefined },
>(
  table: Record<string, { apply: (answer: Answer, options: never, context: never) => unknown }>,
  fault: Fault,
  carryOut: () => Answer | Promise<Answer>,
  exchange: Exchange,
): Promise<Answer> {
  const isAccepted = fault.accepted ?? !(fault.kind in refusals);
  const answer = isAccepted ? await carryOut() : serverError(500);
  // Last: whoever sees the fault in the log may rely on the request having been carried out.
  exchange.noteFault(fault.kind);
  const apply = table[fault.kind]?.apply as
    | ((answer: Answer, options: Fault, context: { exchange: Exchange }) => Answer)
    | undefined;
  return apply ? apply(answer, fault, { exchange }) : answer;
}
