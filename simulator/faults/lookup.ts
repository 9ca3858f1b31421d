import type { Answer } from "#simulator/wire/exchange.ts";
import { connectionFaults } from "./connection.ts";
import { graphAnswers } from "./graph-answers.ts";
import { graphRefusals } from "./graph-refusals.ts";
import type { FaultInputOf, FaultOf } from "./kinds/definition.ts";
import { httpFaults } from "./kinds/http.ts";
import { type LookupContext, lookupFault } from "./lookup/context.ts";
import { lookupOnly } from "./lookup/only.ts";

/** What can go wrong with a look-up. To add a fault, add an entry to one of these tables. */
export const lookupFaults = {
  none: lookupFault("answers as usual", {}, (answer) => answer),
  ...lookupOnly,
  ...graphRefusals,
  ...connectionFaults,
  ...graphAnswers,
  ...httpFaults,
};

export type LookupFault = FaultOf<"lookup", typeof lookupFaults>;
export type LookupFaultInput = FaultInputOf<"lookup", typeof lookupFaults>;

/** @throws when the client leaves while the fault keeps it waiting, or the fault broke the connection */
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
