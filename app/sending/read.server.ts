import { log } from "#app/log.server.ts";
import type { ConversationHead } from "#app/models/conversations.server.ts";
import { markRead } from "#app/models/read-marks.server.ts";
import type { CompanyScope } from "#app/models/scope.server.ts";
import { numericId } from "#app/numeric-id.ts";
import { GraphError } from "#app/whatsapp/graph-error.ts";
import { type Sender, sender } from "#app/whatsapp/send.server.ts";

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
