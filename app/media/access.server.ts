import { companyScope } from "#app/auth/company-scope.server.ts";
import { noteUse } from "#app/auth/session.server.ts";
import { sessionKey } from "#app/auth/session-cookie.server.ts";
import { findMediaForSession, type MediaPointer } from "#app/models/media/media.server.ts";
import type { CompanyScope } from "#app/models/scope.server.ts";
import { isMediaId } from "#app/whatsapp/values/media-id.ts";
import { MediaFailure } from "./file/failure.ts";

export interface MediaGrant {
  viewer: { id: number; scope: CompanyScope };
  pointer: MediaPointer;
}

/**
 * Whether the person behind a request may see a file. Another company's file and one that never
 * was get the same answer, from the same single query.
 *
 * @throws {MediaFailure} signed-out, not-found or forbidden
 */
export async function authorizeMedia(
  request: Request,
  mediaId: string | undefined,
): Promise<MediaGrant> {
  const key = await sessionKey(request);
  if (!key) throw new MediaFailure("signed-out");
  const scope = companyScope(key.companyId);
  // A malformed id matches nothing, but who asks comes first.
  const wanted = mediaId !== undefined && isMediaId(mediaId) ? mediaId : "";
  const found = await findMediaForSession(scope, key.tokenHash, wanted, new Date());
  if (!found) throw new MediaFailure("signed-out");
  const { user, media, lastUsedAt } = found;
  noteUse(key, lastUsedAt);
  if (media === "unknown") throw new MediaFailure("not-found");
  if (media === "forbidden") throw new MediaFailure("forbidden");
  return { viewer: { id: user.id, scope }, pointer: media };
}
