import { sql } from "drizzle-orm";
import { nameOfContact } from "../contacts/contact-name.server.ts";
import { type DeliveryStatus, statusesFrom } from "../outgoing/delivery-status.ts";
import { REACTION } from "../received/received.ts";
import type { Author } from "./message-response.ts";

/**
 * What belongs to a message, as queries for lateral joins: `m` is the message's row. Each finds its
 * rows by an index, of the same company and account only.
 */

const QUOTED_CHARACTERS = 200;

/** The name of who wrote it, in a group: no query for a join. */
export const senderOf = nameOf("m");

/** The message that it quotes, if we have it. */
export interface QuoteJson extends Author {
  messageId: number;
  type: string;
  mediaVoice: boolean | null;
  text: string | null;
  revoked: boolean;
}

export const quoteOf = sql`
  select json_build_object('messageId', q.id, 'direction', q.direction, 'senderName', ${nameOf("q")},
    'type', q.type, 'mediaVoice', q.media_voice, 'revoked', q.revoked_at is not null,
    'text', left(coalesce(q.media_caption, q.body), ${sql.raw(`${QUOTED_CHARACTERS}`)})) as quote
  from messages q
  where q.company_id = m.company_id and q.account_id = m.account_id
    and q.wamid = m.reply_to_wamid and not q.hidden`;

/**
 * How far a message of ours got. In a group one row stands for all participants: the one where it
 * got furthest, and failed only where it failed for all.
 */
export interface DeliveryJson {
  status: string;
  /** Milliseconds since 1970. */
  at: number;
  errorCode: number | null;
  errorTitle: string | null;
  errorDetails: string | null;
  recipients: number;
  delivered: number;
  read: number;
  failed: number;
}

export const deliveryOf = sql`
  select json_build_object('status', s.status, 'at', (extract(epoch from s.at) * 1000)::float8, 'errorCode', s.error_code, 'errorTitle', s.error_title, 'errorDetails', s.error_details,
    'recipients', count(*) filter (where s.recipient <> '') over (),
    'delivered', count(*) filter (where s.status in ${saying("delivered")}) over (),
    'read', count(*) filter (where s.status in ${saying("read")}) over (),
    'failed', count(*) filter (where s.status = 'failed') over ()) as delivery
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

/** Each person's latest reaction to it, the earliest first, without those taken away. */
export type ReactionJson = Author & { emoji: string };

export const reactionsOf = sql`
  select json_agg(
    json_build_object('emoji', r.body, 'direction', r.direction, 'senderName', ${nameOf("r")})
    order by r.sent_at, r.id) as reactions
  from (
    select distinct on (r.direction, r.sender_contact_id) r.*
    from messages r
    where r.company_id = m.company_id and r.account_id = m.account_id
      and r.target_wamid = m.wamid and r.type = ${sql.raw(`'${REACTION}'`)}
    order by r.direction, r.sender_contact_id, r.sent_at desc, r.id desc
  ) r
  where r.body <> ''`;

function nameOf(message: string) {
  return nameOfContact(sql.raw(`${message}.company_id`), sql.raw(`${message}.sender_contact_id`));
}
