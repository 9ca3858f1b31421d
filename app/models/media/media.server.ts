import { type SQL, sql } from "drizzle-orm";
import { rows } from "#db/rows.server.ts";
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
 * The file behind a media id, through a message of this company. Several messages may carry the
 * same id (a forward, a replay): one that the reader may see is enough.
 *
 * @returns "unknown" when no message of this company has it, "forbidden" when the reader may see none of them
 */
export async function findMedia(
  { db, companyId }: CompanyScope,
  reader: Reader,
  mediaId: string,
): Promise<FoundMedia> {
  const [row] = await rows<MediaRow>(
    db,
    sql`with u as (select ${reader.id}::bigint as id, ${reader.role}::text as role)
      select media.* from u, lateral (${mediaReachedBy(companyId, mediaId)}) media`,
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
  const [row] = await rows<MediaRow & { userId: number; lastUsedAt: number }>(
    db,
    sql`with u as (
        select u.id, u.role, (extract(epoch from s.last_used_at) * 1000)::float8 as "lastUsedAt"
        from sessions s
        join users u on u.company_id = s.company_id and u.id = s.user_id
        where s.company_id = ${companyId}::bigint and s.token_hash = ${tokenHash}
          and ${sessionIsLive(now)}
      )
      select u.id::float8 as "userId", u."lastUsedAt", media.*
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

interface MediaRow {
  messageId: number | null;
  conversationId: number;
  direction: "inbound" | "outbound";
  type: string;
  mimeType: string | null;
  filename: string | null;
  sha256: string | null;
  /** Milliseconds since 1970. */
  receivedAt: number;
  phoneNumberId: string;
  retentionHours: number;
  /** Set where the file was uploaded here. */
  sentByUserId: number | null;
  tokenRefused: boolean;
  reachable: boolean;
}

/** As raw SQL, because the route that streams a file does little else: `u` is who asks. */
function mediaReachedBy(companyId: number, mediaId: string): SQL {
  return sql`
    select m.id::float8 as "messageId", m.conversation_id::float8 as "conversationId",
      m.direction, m.type, m.media_mime_type as "mimeType", m.media_filename as "filename", m.media_sha256 as "sha256",
      (extract(epoch from m.created_at) * 1000)::float8 as "receivedAt",
      m.sent_by_user_id::float8 as "sentByUserId", a.phone_number_id as "phoneNumberId", a.media_retention_hours as "retentionHours",
      a.token_refused_at is not null as "tokenRefused",
      (u.role = 'admin' or exists (
        select from account_members am
        where am.company_id = m.company_id and am.user_id = u.id and am.account_id = m.account_id
      )) as reachable
    from messages m
    join whatsapp_accounts a on a.company_id = m.company_id and a.id = m.account_id
    where m.company_id = ${companyId}::bigint and m.media_id = ${mediaId}
      and m.type in ${mediaTypes}
    order by reachable desc, m.created_at desc
    limit 1`;
}

function foundMedia(companyId: number, mediaId: string, row: MediaRow | undefined): FoundMedia {
  const kind = row && mediaKindOf(row.type);
  if (!row || row.messageId === null || !kind) return "unknown";
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
