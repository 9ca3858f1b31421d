import { type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { rows } from "#db/raw-sql/rows.server.ts";
import { type RowOf, selection } from "#db/raw-sql/selection.server.ts";
import { messages, users, whatsappAccounts } from "#db/schema.ts";
import type { CompanyScope } from "../scope.server.ts";
import {
  type DeliveryJson,
  deliveryOf,
  type FileJson,
  filesOf,
  type QuoteJson,
  quoteOf,
  type ReactionJson,
  reactionsOf,
  senderOf,
} from "./message-context.server.ts";

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

const m = alias(messages, "m");
const a = alias(whatsappAccounts, "a");
const us = alias(users, "us");

const PAGE_ROW = selection({
  /** The part of the page that it was found for. */
  part: sql<"older" | "newer" | "newest">`m.part`,
  id: m.id,
  wamid: m.wamid,
  direction: m.direction,
  type: m.type,
  targetWamid: m.targetWamid,
  body: m.body,
  replyToWamid: m.replyToWamid,
  forwarded: m.forwarded,
  unread: m.unread,
  editedAt: m.editedAt,
  revokedAt: m.revokedAt,
  sentByUserId: m.sentByUserId,
  sentByName: sql<string | null>`(
    select ${us.name} from ${users} us where us.company_id = m.company_id and us.id = m.sent_by_user_id
  )`,
  errorCode: m.errorCode,
  errorTitle: m.errorTitle,
  mediaId: m.mediaId,
  mediaCaption: m.mediaCaption,
  mediaFilename: m.mediaFilename,
  mediaVoice: m.mediaVoice,
  mediaSize: m.mediaSize,
  mediaSha256: m.mediaSha256,
  payload: m.payload,
  referral: m.referral,
  sentAt: m.sentAt,
  createdAt: m.createdAt,
  retentionHours: a.mediaRetentionHours,
  senderName: senderOf,
  quote: sql<QuoteJson | null>`quote.quote`,
  delivery: sql<DeliveryJson | null>`delivery.delivery`,
  reactions: sql<ReactionJson[] | null>`reactions.reactions`,
  files: sql<FileJson[] | null>`files.files`,
});

/** A message as the database gives it. Times are milliseconds since 1970. */
export type PageRow = RowOf<typeof PAGE_ROW>;

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
    PAGE_ROW,
    sql`with ${partsOf(companyId, lines)}
      select ${PAGE_ROW.list}
      from page m
      join whatsapp_accounts a on a.company_id = m.company_id and a.id = m.account_id
      left join lateral (${quoteOf}) quote on true
      left join lateral (${deliveryOf}) delivery on true
      left join lateral (${reactionsOf}) reactions on true
      left join lateral (${filesOf}) files on true
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
