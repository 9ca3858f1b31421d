import { type SQL, sql } from "drizzle-orm";
import { rows } from "#db/raw-sql/rows.server.ts";
import { conversations, messageStatuses, messages } from "#db/schema.ts";
import { mediaTypes } from "../media/media-types.server.ts";
import type { CompanyScope } from "../scope.server.ts";
import { DISCARDED, FAILED, SENDING, SENDING_OVERDUE_MS, UNCONFIRMED } from "./outgoing-status.ts";

/** One message, in one conversation. */
export interface MessagePlace {
  conversationId: number;
  messageId: number;
}

/**
 * Takes a message that was not sent, or may not have been, to send it again: once, however many ask
 * at the same time. It moves to the end of its conversation, where its customer will get it.
 *
 * @returns false when somebody else has taken it, discarded it or heard that it was sent, or when
 *   its file is not at WhatsApp
 */
export async function takeAgain(
  { db, companyId }: CompanyScope,
  { conversationId, messageId }: MessagePlace,
  now: Date,
): Promise<boolean> {
  const at = timestamp(now);
  const [taken] = await rows(
    db,
    sql`
      with locked as materialized (${lock(companyId, conversationId)}),
      claimed as (
        update ${messageStatuses} s set status = ${SENDING}, at = ${at},
          error_code = null, error_title = null, error_details = null
        from ${messages} m, locked
        where ${unsent(companyId, conversationId, messageId, now)}
          and (m.media_id is not null or m.type not in ${mediaTypes})
        returning m.id
      ), moved as (
        update ${messages} m set sent_at = ${at}
        from claimed where m.company_id = ${companyId} and m.id = claimed.id
      ), touched as (
        update ${conversations} c set last_message_at = greatest(c.last_message_at, ${at})
        from claimed where c.company_id = ${companyId} and c.id = ${conversationId}
      )
      select id from claimed`,
  );
  return taken !== undefined;
}

/**
 * Takes a message out of its conversation that was not sent, or may not have been. If it turns out
 * that WhatsApp had it after all, it comes back: the customer has read it.
 *
 * @returns false when it is being sent, was sent or is gone
 */
export async function discard(
  { db, companyId }: CompanyScope,
  { conversationId, messageId }: MessagePlace,
  now: Date,
): Promise<boolean> {
  const [discarded] = await rows(
    db,
    sql`
      with locked as materialized (${lock(companyId, conversationId)}),
      claimed as (
        update ${messageStatuses} s set status = ${DISCARDED}
        from ${messages} m, locked
        where ${unsent(companyId, conversationId, messageId, now)}
        returning m.id
      ), hidden as (
        update ${messages} m set hidden = true
        from claimed where m.company_id = ${companyId} and m.id = claimed.id
      ), touched as (
        update ${conversations} c set last_message_at = (
          select m.sent_at from ${messages} m
          where m.company_id = ${companyId} and m.conversation_id = ${conversationId}
            and not m.hidden and m.id <> claimed.id
          order by m.sent_at desc, m.id desc limit 1)
        from claimed where c.company_id = ${companyId} and c.id = ${conversationId}
      )
      select id from claimed`,
  );
  return discarded !== undefined;
}

/** All that change a conversation's messages begin with this, so that none waits in a circle. */
function lock(companyId: number, conversationId: number): SQL {
  return sql`
    select id from ${conversations}
    where company_id = ${companyId} and id = ${conversationId} for no key update`;
}

/** The condition that `m` is the message, and its status `s` leaves room for a person's choice. */
function unsent(companyId: number, conversationId: number, messageId: number, now: Date): SQL {
  const overdue = timestamp(new Date(now.getTime() - SENDING_OVERDUE_MS));
  return sql`
    m.company_id = ${companyId} and m.id = ${messageId}
      and m.conversation_id = ${conversationId} and m.conversation_id = locked.id
      and m.direction = 'outbound' and not m.hidden
      and s.company_id = m.company_id and s.account_id = m.account_id and s.wamid = m.wamid
      and s.recipient = ''
      and m.wamid like 'local:%'
      and (s.status in (${FAILED}, ${UNCONFIRMED}) or (s.status = ${SENDING} and s.at < ${overdue}))`;
}

function timestamp(date: Date): SQL {
  return sql`${date.toISOString()}::timestamptz`;
}
