import type { StatusUpdate } from "#simulator/phone/statuses.ts";
import type { Answer, Exchange } from "#simulator/wire/exchange.ts";
import { definesFaults, type FaultInputOf, type FaultOf } from "./kinds/definition.ts";
import { applyPostFault, postFaults, sendErrorCode } from "./post.ts";

const fault = definesFaults<unknown>();

/** What can go wrong with a message of the business. To add a fault, add an entry. */
export const sendFaults = {
  ...postFaults,
  failLater: fault(
    "accepted, and told by webhook that it failed",
    { code: sendErrorCode.default(131026) },
    (answer) => answer,
  ),
  noStatuses: fault("accepted, and never told how far it got", {}, (answer) => answer),
};

export type SendFault = FaultOf<"send", typeof sendFaults>;
export type SendFaultInput = FaultInputOf<"send", typeof sendFaults>;

/** @throws when the client leaves while the fault keeps it waiting, or the fault broke the connection */
export function applySendFault(
  fault: SendFault,
  carryOut: () => Answer | Promise<Answer>,
  exchange: Exchange,
): Promise<Answer> {
  return applyPostFault(sendFaults, fault, carryOut, exchange);
}

/** What webhooks tell of a message once it was accepted. */
export function statusesAfter(fault: SendFault | undefined): StatusUpdate[] {
  if (fault?.kind === "noStatuses") return [];
  if (fault?.kind === "failLater") return [{ status: "failed", code: fault.code }];
  return [{ status: "sent" }, { status: "delivered" }];
}
