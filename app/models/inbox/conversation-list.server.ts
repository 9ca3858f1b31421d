import { type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { rows } from "#db/raw-sql/rows.server.ts";
import {
  expressions,
  jsonOrNull,
  orNull,
  type RowOf,
  selection,
} from "#db/raw-sql/selection.server.ts";
import { conversations, messageStatuses, messages } from "#db/schema.ts";
import { nameOfContact } from "../contacts/contact-name.server.ts";
import {
  formatPosition,
  type ListPosition,
  microsOf,
  positionRow,
} from "../list-position.server.ts";
import { statusNow } from "../outgoing/outgoing-status.ts";
import type { CompanyScope } from "../scope.server.ts";
import { unreadConversations } from "./unread-conversations.server.ts";

const PAGE_LENGTH = 30;
const LAST_LINE_CHARACTERS = 160;

/** Which numbers' conversations are asked for. */
export interface NumberSelection {
  /** All that the person may see: their unread conversations are counted in these. */
  all: readonly number[];
  /** Those of them that the list is about. */
  listed: readonly number[];
  /** `listed` are all of the company: an index without the number answers then. */
  isWholeCompany: boolean;
}

/** The newest line of a conversation. */
export interface LastMessage {
  direction: "inbound" | "outbound";
  /** Who of a group wrote it. */
  senderName: string | null;
  type: string;
  /** The beginning of its words. */
  text: string | null;
  mediaVoice: boolean;
  mediaFilename: string | null;
  revoked: boolean;
  /** How far a message of ours got: as MessageResponse's delivery. */
  status: string | null;
}

export interface ListedConversation {
  id: number;
  accountId: number;
  contactName: string;
  unreadCount: number;
  lastMessageAt: Date;
  lastMessage: LastMessage | null;
}

export interface ConversationPage {
  /** How many conversations of all these numbers are unread; MOST_UNREAD stands for that many or more. */
  unread: number;
  conversations: ListedConversation[];
  /** The position to pass as `after` for the next page; null at the end. */
  next: string | null;
}

/**
 * A page of 30 conversations by last activity, the latest first, each with its last line. One
 * without a line, such as a stranger's reaction opens, would only be a riddle and is left out.
 */
export async function listConversations(
  { db, companyId }: CompanyScope,
  numbers: NumberSelection,
  wanted: { unreadOnly?: boolean; after?: ListPosition | undefined } = {},
): Promise<ConversationPage> {
  const page = expressions({
    unread: unreadConversations(companyId, numbers.all),
    conversations: sql<RowOf<typeof CONVERSATION>[]>`(
      select coalesce(json_agg(${CONVERSATION.json} order by c.last_message_at desc, c.id desc), '[]')
      from (${pageOf(companyId, numbers, wanted)}) c
      left join lateral (${lastMessageOf}) m on true
      left join lateral (${statusOf}) s on true)`,
  });
  const [found] = await rows(db, page, sql`select ${page.list}`);
  // One more than the page is long tells whether there is another.
  const listed = found?.conversations.slice(0, PAGE_LENGTH) ?? [];
  const last = (found?.conversations.length ?? 0) > PAGE_LENGTH ? listed.at(-1) : undefined;
  return {
    unread: found?.unread ?? 0,
    conversations: listed.map(({ lastMessageMicros, lastMessage, ...conversation }) => ({
      ...conversation,
      lastMessageAt: new Date(lastMessageMicros / 1000),
      lastMessage: lastMessage && toLastMessage(lastMessage),
    })),
    next: last ? formatPosition({ micros: last.lastMessageMicros, id: last.id }) : null,
  };
}

const c = alias(conversations, "c");
const m = alias(messages, "m");
const s = alias(messageStatuses, "s");

const LAST_MESSAGE = selection({
  direction: m.direction,
  type: m.type,
  text: sql<string | null>`m.text`,
  senderName: nameOfContact(c.companyId, m.senderContactId),
  mediaVoice: sql<boolean>`coalesce(${m.mediaVoice}, false)`,
  mediaFilename: m.mediaFilename,
  revoked: sql<boolean>`${m.revokedAt} is not null`,
  status: orNull(s.status),
  /** Since when; null where WhatsApp has told nothing. */
  statusAt: orNull(s.at),
});

const CONVERSATION = selection({
  id: c.id,
  accountId: c.accountId,
  contactName: sql<string>`${nameOfContact(c.companyId, c.contactId)}`,
  unreadCount: c.unreadCount,
  lastMessageMicros: microsOf(c.lastMessageAt),
  lastMessage: jsonOrNull(m.id, LAST_MESSAGE),
});

function toLastMessage({ statusAt, ...message }: RowOf<typeof LAST_MESSAGE>): LastMessage {
  const { status } = message;
  if (status === null || statusAt === null) return message;
  return { ...message, status: statusNow(status, new Date(statusAt), Date.now()) };
}

/** Cut before anything is joined. Each number's own index, and for a whole company one, is read in its order. */
function pageOf(
  companyId: number,
  { listed, isWholeCompany }: NumberSelection,
  { unreadOnly = false, after }: { unreadOnly?: boolean; after?: ListPosition | undefined },
): SQL {
  const order = sql`order by c.last_message_at desc nulls last, c.id desc nulls last limit ${sql.raw(`${PAGE_LENGTH + 1}`)}`;
  const select = sql`
    select c.company_id, c.id, c.account_id, c.contact_id, c.last_message_at, c.unread_count
    from ${conversations} c
    where c.company_id = ${companyId} and (c.last_message_at, c.id) < ${positionRow(after)}`;
  if (isWholeCompany && !unreadOnly) return sql`${select} ${order}`;
  const condition = unreadOnly ? sql`and c.unread_count > 0` : sql``;
  return sql`
    select c.* from unnest(${sql.param(listed)}::bigint[]) account (id)
    cross join lateral (${select} and c.account_id = account.id ${condition} ${order}) c
    ${order}`;
}

const lastMessageOf = sql`
  select m.id, m.wamid, m.direction, m.type, m.media_voice, m.media_filename, m.revoked_at,
    m.sender_contact_id,
    left(coalesce(m.media_caption, m.body), ${sql.raw(`${LAST_LINE_CHARACTERS}`)}) as text
  from ${messages} m
  where m.company_id = c.company_id and m.conversation_id = c.id and not m.hidden
  order by m.sent_at desc, m.id desc limit 1`;

/** In a group, that of the participant where it got furthest. */
const statusOf = sql`
  select s.status, s.at from ${messageStatuses} s
  where m.direction = 'outbound' and s.company_id = c.company_id
    and s.account_id = c.account_id and s.wamid = m.wamid
  order by s.status = 'failed', s.rank desc limit 1`;
