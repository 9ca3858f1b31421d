import { type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { type RowOf, selection } from "#db/raw-sql/selection.server.ts";
import { messageFiles, messageStatuses, messages } from "#db/schema.ts";
import { nameOfContact } from "../contacts/contact-name.server.ts";
import { type DeliveryStatus, statusesFrom } from "../outgoing/delivery-status.ts";
import { REACTION } from "../received/received.ts";

/**
 * What belongs to a message, as queries for lateral joins: `m` is the message's row. Each finds its
 * rows by an index, of the same company and account only.
 */

const QUOTED_CHARACTERS = 200;

/** The name of who wrote it, in a group: no query for a join. */
export const senderOf = nameOf("m");

const q = alias(messages, "q");
const s = alias(messageStatuses, "s");
const r = alias(messages, "r");
const f = alias(messageFiles, "f");

/** What is told of a message that another one quotes, which a query calls `q`. */
export const quoted = {
  messageId: q.id,
  direction: q.direction,
  senderName: nameOf("q"),
  type: q.type,
  mediaVoice: sql<boolean>`coalesce(${q.mediaVoice}, false)`,
  revoked: sql<boolean>`${q.revokedAt} is not null`,
  text: sql<
    string | null
  >`left(coalesce(${q.mediaCaption}, ${q.body}), ${sql.raw(`${QUOTED_CHARACTERS}`)})`,
};

const QUOTE = selection(quoted);

export type QuoteJson = RowOf<typeof QUOTE>;

/** The message that it quotes, if we have it. */
export const quoteOf = sql`
  select ${QUOTE.json} as quote
  from messages q
  where q.company_id = m.company_id and q.account_id = m.account_id
    and q.wamid = m.reply_to_wamid and not q.hidden`;

const DELIVERY = selection({
  status: s.status,
  at: s.at,
  errorCode: s.errorCode,
  errorTitle: s.errorTitle,
  errorDetails: s.errorDetails,
  recipients: count(sql`s.recipient <> ''`),
  delivered: count(sql`s.status in ${saying("delivered")}`),
  read: count(sql`s.status in ${saying("read")}`),
  failed: count(sql`s.status = 'failed'`),
});

export type DeliveryJson = RowOf<typeof DELIVERY>;

/**
 * How far a message of ours got. In a group one row stands for all participants: the one where it
 * got furthest, and failed only where it failed for all.
 */
export const deliveryOf = sql`
  select ${DELIVERY.json} as delivery
  from message_statuses s
  where m.direction = 'outbound'
    and s.company_id = m.company_id and s.account_id = m.account_id and s.wamid = m.wamid
  order by s.status = 'failed', s.rank desc, s.at desc
  limit 1`;

/** In brackets, a status and all that say more. */
function saying(status: DeliveryStatus) {
  const quoted = statusesFrom(status).map((one) => `'${one}'`);
  return sql.raw(`(${quoted.join(", ")})`);
}

const ONE_REACTION = selection({
  emoji: sql<string>`${r.body}`,
  direction: r.direction,
  senderName: nameOf("r"),
});

export type ReactionJson = RowOf<typeof ONE_REACTION>;

/** Each person's latest reaction to it, the earliest first, without those taken away. */
export const reactionsOf = sql`
  select json_agg(${ONE_REACTION.json} order by r.sent_at, r.id) as reactions
  from (
    select distinct on (r.direction, r.sender_contact_id) r.*
    from messages r
    where r.company_id = m.company_id and r.account_id = m.account_id
      and r.target_wamid = m.wamid and r.type = ${sql.raw(`'${REACTION}'`)}
    order by r.direction, r.sender_contact_id, r.sent_at desc, r.id desc
  ) r
  where r.body <> ''`;

const FILE = selection({ mediaId: f.mediaId, size: f.size });

export type FileJson = RowOf<typeof FILE>;

/** The files of a form that it answers. */
export const filesOf = sql`
  select json_agg(${FILE.json}) as files
  from message_files f
  where m.type = 'interactive' and f.company_id = m.company_id and f.message_id = m.id`;

/** Of all the recipients. */
function count(condition: SQL): SQL<number> {
  return sql<number>`count(*) filter (where ${condition}) over ()`;
}

function nameOf(message: string) {
  const { companyId, senderContactId } = alias(messages, message);
  return nameOfContact(companyId, senderContactId);
}
