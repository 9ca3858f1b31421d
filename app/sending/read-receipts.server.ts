import type { ConversationHead } from "#app/models/inbox/conversations.server.ts";
import { markRead } from "#app/models/inbox/read-marks.server.ts";
import { numericId } from "#app/models/numeric-id.ts";
import type { CompanyScope } from "#app/models/scope.server.ts";
import { log } from "#app/process/log.server.ts";
import { GraphError } from "#app/whatsapp/graph/graph-error.ts";
import { type Sender, sender } from "#app/whatsapp/graph/send.server.ts";

export type MarkReadUpTo = ReturnType<typeof createReadMarks>;

export function createReadMarks({ markAsRead }: Pick<Sender, "markAsRead"> = sender) {
  /**
   * Marks a conversation as read as far as a page showed it, and lets WhatsApp show that to the
   * customer, for which nobody waits.
   *
   * @param through the page's hidden field; without one nothing is marked
   */
  return async function markReadUpTo(
    scope: CompanyScope,
    { id, phoneNumberId }: Pick<ConversationHead, "id" | "phoneNumberId">,
    through: string | undefined,
  ): Promise<void> {
    const newest = numericId(through);
    if (!newest) return;
    const { newestWamid: wamid } = await markRead(scope, id, newest);
    if (wamid === null) return;
    markAsRead({ phoneNumberId, wamid }).catch((error: unknown) => {
      const detail = error instanceof GraphError ? error.message : String(error);
      log.warn({ event: "whatsapp.read_not_told", conversationId: id, wamid, detail });
    });
  };
}

export const markReadUpTo = createReadMarks();
