import { type SQL, sql } from "drizzle-orm";
import { rows } from "#db/rows.server.ts";
import type { CompanyScope } from "../scope.server.ts";
import { deliveryOf, quoteOf, reactionsOf, senderOf } from "./message-context.server.ts";
import type { MessageRow } from "./message-row.server.ts";

/** Which lines of a conversation: so many on each side of one of them. */
export interface Lines {
  conversationId: number;
  anchor: {
    messageId: number;
    older: number;
    newer: number;
    /** The side that the message itself is on. */
    side: "older" | "newer";
    /** Whether the newest lines are wanted instead when it is among them. */
    unlessNewest: boolean;
  } | null;
  /** How many of the newest, where there is no anchor, or it is no line of the conversation. */
  newest: number;
}

/** A row of a page, and the part of the page that it was found for. */
export type PageRow = MessageRow & { part: "older" | "newer" | "newest" };

/**
 * Lines of a conversation, the oldest first, each with what belongs to it; of each part one more
 * than was asked for, if there is one.
 *
 * One query: each part is read from an index, as many rows as it is long, and cut before anything
 * is joined. The limits stand in the text, because the planner has to know that they are small.
 */
export function messageRows({ db, companyId }: CompanyScope, lines: Lines): Promise<PageRow[]> {
  return rows(
    db,
    sql`with ${partsOf(companyId, lines)}
      select m.part, m.id::float8 as id, m.wamid, m.direction, m.type, m.target_wamid as "targetWamid",
        m.body, m.reply_to_wamid as "replyToWamid", m.forwarded, m.unread,
        ${milliseconds("m.edited_at")} as "editedAt", ${milliseconds("m.revoked_at")} as "revokedAt",
        m.sent_by_user_id::float8 as "sentByUserId", (
          select us.name from users us where us.company_id = m.company_id and us.id = m.sent_by_user_id
        ) as "sentByName",
        m.error_code as "errorCode", m.error_title as "errorTitle",
        m.media_id as "mediaId", m.media_caption as "mediaCaption",
        m.media_filename as "mediaFilename", m.media_voice as "mediaVoice",
        m.media_size::float8 as "mediaSize", m.media_sha256 as "mediaSha256", m.payload, m.referral,
        ${milliseconds("m.sent_at")} as "sentAt", ${milliseconds("m.created_at")} as "createdAt",
        a.media_retention_hours as "retentionHours",
        ${senderOf} as "senderName", quote.quote, delivery.delivery, reactions.reactions
      from page m
      join whatsapp_accounts a on a.company_id = m.company_id and a.id = m.account_id
      left join lateral (${quoteOf}) quote on true
      left join lateral (${deliveryOf}) delivery on true
      left join lateral (${reactionsOf}) reactions on true
      order by m.sent_at, m.id`,
  );
}

function partsOf(companyId: number, { conversationId, anchor, newest }: Lines): SQL {
  const line = sql`m.company_id = ${companyId}::bigint
    and m.conversation_id = ${conversationId}::bigint and not m.hidden`;
  const part = (name: PageRow["part"], wanted: number, condition = sql`true`) => {
    const order = sql.raw(name === "newer" ? "asc" : "desc");
    return sql`(select ${sql.raw(`'${name}'`)} as part, m.* from messages m
      where ${line} and ${condition}
      order by m.sent_at ${order}, m.id ${order} limit ${sql.raw(`${wanted + 1}`)})`;
  };
  if (!anchor) return sql`page as ${part("newest", newest)}`;
  const beyond = (sign: string) =>
    sql`(m.sent_at, m.id) ${sql.raw(sign)} (select sent_at, id from anchor)`;
  const [older, newer] = anchor.side === "older" ? ["<=", ">"] : ["<", ">="];
  const amongNewest = sql`and (m.sent_at, m.id) < (
    select m.sent_at, m.id from messages m where ${line}
    order by m.sent_at desc, m.id desc offset ${sql.raw(`${newest - 1}`)} limit 1)`;
  return sql`anchor as materialized (
      select m.sent_at, m.id from messages m
      where ${line} and m.id = ${anchor.messageId}::bigint ${anchor.unlessNewest ? amongNewest : sql``}
    ), page as (
      ${part("older", anchor.older, beyond(older as string))} union all
      ${part("newer", anchor.newer, beyond(newer as string))} union all
      ${part("newest", newest, sql`not exists (select from anchor)`)}
    )`;
}

/** Since 1970: both drivers give a time of raw SQL as text. */
function milliseconds(column: string): SQL {
  return sql.raw(`(extract(epoch from ${column}) * 1000)::float8`);
}
