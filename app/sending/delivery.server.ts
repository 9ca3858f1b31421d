import { isConflict } from "#app/models/database-errors.server.ts";
import { settleUnsent } from "#app/models/outgoing/outgoing.server.ts";
import type { Attempt } from "#app/models/outgoing/outgoing-attempt.server.ts";
import type { Outgoing } from "#app/models/outgoing/outgoing-message.ts";
import { settleSent } from "#app/models/outgoing/sent-messages.server.ts";
import type { CompanyScope } from "#app/models/scope.server.ts";
import { log } from "#app/process/log.server.ts";
import { messagesSent } from "#app/process/metrics.server.ts";
import type { SendOutcome } from "#app/whatsapp/graph/message-body.ts";
import { type Sender, sender } from "#app/whatsapp/graph/send.server.ts";
import { type TokenHealth, tokenHealth } from "#app/whatsapp/graph/token-health.server.ts";

const SETTLE_ATTEMPTS = 3;
const NOBODY = {
  code: null,
  title: "WhatsApp has told no phone number or user id to send to. Wait until the customer writes.",
  details: null,
};

export type Deliver = ReturnType<typeof createDelivery>;

export function createDelivery(
  { sendMessage }: Pick<Sender, "sendMessage"> = sender,
  health: TokenHealth = tokenHealth,
) {
  /**
   * Asks WhatsApp, once, to send a message that is marked as being sent, and writes down what became
   * of it. Never throws: what can't be written down counts as unconfirmed after a minute, and a
   * status from WhatsApp puts it right.
   */
  return async function deliver(scope: CompanyScope, attempt: Attempt): Promise<void> {
    const { companyId, accountId, messageId, message } = attempt;
    const startedAt = Date.now();
    const outcome: SendOutcome = message
      ? await sendMessage(message)
      : { kind: "refused", noAccess: null, ...NOBODY };
    messagesSent.inc({ outcome: outcome.kind });
    const entry = { companyId, messageId, ms: Date.now() - startedAt };
    if (outcome.kind === "accepted") {
      log.info({ event: "whatsapp.sent", ...entry, wamid: outcome.wamid });
    } else {
      const { kind } = outcome;
      const why = kind === "refused" ? { code: outcome.code } : { detail: outcome.detail };
      log.warn({ event: "whatsapp.send_failed", ...entry, outcome: kind, ...why });
    }
    if (message) noteHealth(message, companyId, outcome);
    await settle(scope, { accountId, messageId, key: attempt.key }, outcome);
  };

  function noteHealth({ phoneNumberId }: Outgoing, companyId: number, outcome: SendOutcome): void {
    if (outcome.kind === "accepted") health.accepted({ companyId, phoneNumberId }, false);
    if (outcome.kind !== "refused" || outcome.noAccess === null) return;
    health.refused({ companyId, phoneNumberId }, outcome.noAccess);
  }
}

async function settle(
  scope: CompanyScope,
  { accountId, messageId, key }: { accountId: number; messageId: number; key: string },
  outcome: SendOutcome,
): Promise<void> {
  const write = () => {
    if (outcome.kind === "accepted") {
      return settleSent(scope, accountId, [{ key, wamid: outcome.wamid }]);
    }
    return settleUnsent(scope, accountId, key, outcome.kind === "refused" ? outcome : undefined);
  };
  for (let attempt = 1; ; attempt++) {
    try {
      return await write();
    } catch (error) {
      if (isConflict(error) && attempt < SETTLE_ATTEMPTS) continue;
      log.error({ event: "whatsapp.not_settled", messageId, outcome: outcome.kind, err: error });
      return;
    }
  }
}

export const deliver = createDelivery();
