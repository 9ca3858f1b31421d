import { sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { rows } from "#db/raw-sql/rows.server.ts";
import { selection } from "#db/raw-sql/selection.server.ts";
import { messages } from "#db/schema.ts";
import { isLocalWamid } from "../outgoing/local-wamid.ts";
import type { MessagePlace } from "../outgoing/unsent-messages.server.ts";
import type { CompanyScope } from "../scope.server.ts";
import { quoted } from "./message-context.server.ts";
import type { Quote } from "./message-response.ts";

/** A message that can be answered. */
export interface ReplyTarget {
  wamid: string;
  quote: Quote;
}

/**
 * @returns undefined when it isn't in the conversation, is no line there, or WhatsApp has no id for it
 */
export async function findReplyTarget(
  { db, companyId }: CompanyScope,
  { conversationId, messageId }: MessagePlace,
): Promise<ReplyTarget | undefined> {
  const [row] = await rows(
    db,
    TARGET,
    sql`
      select ${TARGET.list}
      from ${messages} q
      where q.company_id = ${companyId} and q.conversation_id = ${conversationId}
        and q.id = ${messageId} and not q.hidden`,
  );
  if (!row || isLocalWamid(row.wamid)) return undefined;
  const { wamid, ...quote } = row;
  return { wamid, quote: { missing: false, ...quote } };
}

const TARGET = selection({ wamid: alias(messages, "q").wamid, ...quoted });
