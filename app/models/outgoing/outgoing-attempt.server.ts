import { type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { rows } from "#db/raw-sql/rows.server.ts";
import { type RowOf, selection } from "#db/raw-sql/selection.server.ts";
import {
  contactIdentities,
  contacts,
  conversations,
  messages,
  whatsappAccounts,
} from "#db/schema.ts";
import type { Identity } from "../contacts/identities.ts";
import { mediaKindOf } from "../message-kind.ts";
import type { CompanyScope } from "../scope.server.ts";
import { isLocalWamid, keyOfLocalWamid } from "./local-wamid.ts";
import type { Outgoing, Recipient } from "./outgoing-message.ts";

/** A message that is to be sent now, by whoever got this. */
export interface Attempt {
  messageId: number;
  companyId: number;
  accountId: number;
  key: string;
  /** Undefined when WhatsApp has told no number or id to send to. */
  message: Outgoing | undefined;
}

/**
 * What has to be told to WhatsApp to send a message.
 *
 * @returns undefined when WhatsApp has it already
 */
export async function findAttempt(
  { db, companyId }: CompanyScope,
  messageId: number,
): Promise<Attempt | undefined> {
  const [row] = await rows(
    db,
    ATTEMPT,
    sql`
      select ${ATTEMPT.list}
      from ${messages} m
      join ${whatsappAccounts} a on a.company_id = m.company_id and a.id = m.account_id
      join ${conversations} v on v.company_id = m.company_id and v.id = m.conversation_id
      join ${contacts} c on c.company_id = v.company_id and c.id = v.contact_id
      where m.company_id = ${companyId} and m.id = ${messageId}`,
  );
  // A status may have come since it was taken to be sent again, and have told that it was sent.
  if (!row || !isLocalWamid(row.wamid)) return undefined;
  const { accountId, wamid } = row;
  const key = keyOfLocalWamid(wamid);
  return { messageId, companyId, accountId, key, message: toMessage(row, key) };
}

const m = alias(messages, "m");
const a = alias(whatsappAccounts, "a");
const c = alias(contacts, "c");

const ATTEMPT = selection({
  accountId: m.accountId,
  wamid: m.wamid,
  type: m.type,
  body: m.body,
  mediaId: m.mediaId,
  caption: m.mediaCaption,
  filename: m.mediaFilename,
  replyToWamid: m.replyToWamid,
  phoneNumberId: a.phoneNumberId,
  phone: c.waId,
  userId: identity("user"),
  groupId: identity("group"),
});

function identity(kind: Identity["kind"]): SQL<string | null> {
  return sql<string | null>`(
    select i.value from ${contactIdentities} i
    where i.company_id = c.company_id and i.contact_id = c.id
      and i.kind = ${sql.raw(`'${kind}'`)} and i.ended_at is null
    limit 1)`;
}

function toMessage(row: RowOf<typeof ATTEMPT>, key: string): Outgoing | undefined {
  const { phoneNumberId, replyToWamid, mediaId, caption, filename } = row;
  const recipient = recipientOf(row);
  if (!recipient) return undefined;
  const kind = mediaKindOf(row.type);
  const content =
    kind && mediaId !== null
      ? { type: kind, mediaId, caption, filename }
      : { type: "text" as const, body: row.body ?? "" };
  return { phoneNumberId, recipient, content, replyToWamid, key };
}

function recipientOf({ groupId, phone, userId }: RowOf<typeof ATTEMPT>): Recipient | undefined {
  if (groupId !== null) return { groupId };
  if (phone !== null) return { phone };
  return userId === null ? undefined : { userId };
}
