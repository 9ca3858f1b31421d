import { type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { rows } from "#db/raw-sql/rows.server.ts";
import { type RowOf, selection } from "#db/raw-sql/selection.server.ts";
import { messages, sessions, whatsappAccounts } from "#db/schema.ts";
import { sessionIsLive } from "../live-session.server.ts";
import { type MediaKind, mediaKindOf } from "../message-kind.ts";
import type { Reader } from "../role.ts";
import type { CompanyScope } from "../scope.server.ts";
import { mediaExpiry } from "./media-expiry.server.ts";
import { mediaTypes } from "./media-types.server.ts";

/** What a message tells of its file. */
export interface MediaPointer {
  companyId: number;
  messageId: number;
  conversationId: number;
  direction: "inbound" | "outbound";
  mediaId: string;
  kind: MediaKind;
  mimeType: string | null;
  filename: string | null;
  /** Lower-case hex. */
  sha256: string | null;
  expiresAt: Date;
  phoneNumberId: string;
  /** Whether the number stands as one whose access token WhatsApp refuses. */
  tokenRefused: boolean;
}

/** What findMedia answers: the file, or why there is none. */
export type FoundMedia = MediaPointer | "unknown" | "forbidden";

/**
 * The file behind a media id, through a message of this company: its own file, or one of a form that
 * it answers. Several messages may carry the same id (a forward, a replay): one that the reader may
 * see is enough.
 *
 * @returns "unknown" when no message of this company has it, "forbidden" when the reader may see none of them
 */
export async function findMedia(
  { db, companyId }: CompanyScope,
  reader: Reader,
  mediaId: string,
): Promise<FoundMedia> {
  const [row] = await rows(
    db,
    MEDIA,
    sql`with u as (select ${reader.id}::bigint as id, ${reader.role}::text as role)
      select ${MEDIA.list} from u, lateral (${mediaReachedBy(companyId, mediaId)}) media`,
  );
  return foundMedia(companyId, mediaId, row);
}

/**
 * The same for whoever a session belongs to, in one query.
 *
 * @param tokenHash SHA-256 of the session cookie's token, hex
 * @returns undefined when the session is unknown, ended, expired or idle at `now`, or its user deactivated
 */
export async function findMediaForSession(
  { db, companyId }: CompanyScope,
  tokenHash: string,
  mediaId: string,
  now: Date,
): Promise<SessionMedia | undefined> {
  const [row] = await rows(
    db,
    SESSION_MEDIA,
    sql`with u as (
        select s.user_id, s.user_id as id, u.role, s.last_used_at
        from sessions s
        join users u on u.company_id = s.company_id and u.id = s.user_id
        where s.company_id = ${companyId}::bigint and s.token_hash = ${tokenHash}
          and ${sessionIsLive(now)}
      )
      select ${SESSION_MEDIA.list}
      from u left join lateral (${mediaReachedBy(companyId, mediaId)}) media on true`,
  );
  if (!row) return undefined;
  return {
    user: { id: row.userId },
    lastUsedAt: new Date(row.lastUsedAt),
    media: foundMedia(companyId, mediaId, row),
  };
}

/** What findMediaForSession answers. */
export interface SessionMedia {
  user: { id: number };
  /** When the session was last used, some minutes behind. */
  lastUsedAt: Date;
  media: FoundMedia;
}

/** As mediaReachedBy gives them. */
const m = alias(messages, "media");
const a = alias(whatsappAccounts, "media");
const s = alias(sessions, "u");

const media = {
  messageId: m.id,
  conversationId: m.conversationId,
  direction: m.direction,
  type: m.type,
  mimeType: m.mediaMimeType,
  filename: m.mediaFilename,
  sha256: m.mediaSha256,
  receivedAt: m.createdAt,
  sentByUserId: m.sentByUserId,
  phoneNumberId: a.phoneNumberId,
  retentionHours: a.mediaRetentionHours,
  tokenRefused: sql<boolean>`${a.tokenRefusedAt} is not null`,
  reachable: sql<boolean>`media.reachable`,
};
const MEDIA = selection(media);
const SESSION_MEDIA = selection({ userId: s.userId, lastUsedAt: s.lastUsedAt }, media);

/** As raw SQL, because the route that streams a file does little else: `u` is who asks. */
function mediaReachedBy(companyId: number, mediaId: string): SQL {
  return sql`
    select m.*, a.phone_number_id, a.media_retention_hours, a.token_refused_at,
      (u.role = 'admin' or exists (
        select from account_members am
        where am.company_id = m.company_id and am.user_id = u.id and am.account_id = m.account_id
      )) as reachable
    from (
      select m.company_id, m.account_id, m.id, m.conversation_id, m.direction, m.type,
        m.media_mime_type, m.media_filename, m.media_sha256, m.created_at, m.sent_by_user_id
      from messages m
      where m.company_id = ${companyId}::bigint and m.media_id = ${mediaId}
        and m.type in ${mediaTypes}
      union all
      select m.company_id, m.account_id, m.id, m.conversation_id, m.direction, f.kind,
        f.mime_type, f.filename, f.sha256, m.created_at, m.sent_by_user_id
      from message_files f
      join messages m on m.company_id = f.company_id and m.id = f.message_id
      where f.company_id = ${companyId}::bigint and f.media_id = ${mediaId}
    ) m
    join whatsapp_accounts a on a.company_id = m.company_id and a.id = m.account_id
    order by reachable desc, m.created_at desc
    limit 1`;
}

type MediaRow = RowOf<typeof MEDIA> | RowOf<typeof SESSION_MEDIA>;

function foundMedia(companyId: number, mediaId: string, row: MediaRow | undefined): FoundMedia {
  if (!row || row.messageId === null) return "unknown";
  const kind = mediaKindOf(row.type);
  if (!kind) return "unknown";
  if (!row.reachable) return "forbidden";
  const { messageId, conversationId, direction, mimeType, filename, sha256, phoneNumberId } = row;
  return {
    messageId,
    conversationId,
    direction,
    mimeType,
    filename,
    sha256,
    phoneNumberId,
    tokenRefused: row.tokenRefused,
    companyId,
    mediaId,
    kind,
    expiresAt: mediaExpiry(new Date(row.receivedAt), row),
  };
}
