import { type SQL, sql } from "drizzle-orm";
import { rows } from "#db/rows.server.ts";
import {
  contactIdentities,
  contacts,
  conversations,
  messages,
  whatsappAccounts,
} from "#db/schema.ts";
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
  const identity = (kind: string): SQL => sql`
    (select i.value from ${contactIdentities} i
      where i.company_id = c.company_id and i.contact_id = c.id
        and i.kind = ${sql.raw(`'${kind}'`)} and i.ended_at is null
      limit 1)`;
  const [row] = await rows<AttemptRow>(
    db,
    sql`
      select m.account_id::float8 as "accountId", m.wamid, m.type, m.body, m.media_id as "mediaId",
        m.media_caption as caption, m.media_filename as filename,
        m.reply_to_wamid as "replyToWamid", a.phone_number_id as "phoneNumberId",
        c.wa_id as phone, ${identity("user")} as "userId", ${identity("group")} as "groupId"
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

interface AttemptRow {
  accountId: number;
  wamid: string;
  type: string;
  body: string | null;
  mediaId: string | null;
  caption: string | null;
  filename: string | null;
  replyToWamid: string | null;
  phoneNumberId: string;
  phone: string | null;
  userId: string | null;
  groupId: string | null;
}

function toMessage(row: AttemptRow, key: string): Outgoing | undefined {
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

function recipientOf({ groupId, phone, userId }: AttemptRow): Recipient | undefined {
  if (groupId !== null) return { groupId };
  if (phone !== null) return { phone };
  return userId === null ? undefined : { userId };
}
