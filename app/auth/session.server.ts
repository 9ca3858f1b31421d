import type { AppLoadContext } from "@remix-run/node";
import { clientAddress } from "#app/http/load-context.ts";
import {
  createSession,
  deleteSession,
  touchSession,
} from "#app/models/sessions/sessions.server.ts";
import { log } from "#app/process/log.server.ts";
import { companyScope } from "./company-scope.server.ts";
import {
  expiredCookie,
  newToken,
  SESSION_SECONDS,
  type SessionKey,
  sessionKey,
} from "./session-cookie.server.ts";

/** How far behind the time of a session's last use may be: not every request is worth a write. */
const TOUCH_EVERY_MS = 5 * 60 * 1000;
const MAX_USER_AGENT = 300;

/**
 * Starts a session, always a new one, in the place of the one that the request's browser had.
 *
 * @returns the Set-Cookie header
 */
export async function startSession(
  { companyId, userId }: { companyId: number; userId: number },
  request: Request,
  context: AppLoadContext,
): Promise<string> {
  await deleteRequestSession(request, context);
  const { setCookie, tokenHash } = await newToken(companyId);
  const expiresAt = new Date(Date.now() + SESSION_SECONDS * 1000);
  const session = { tokenHash, userId, expiresAt, ...clientOf(request, context) };
  await createSession(companyScope(companyId), session);
  return setCookie;
}

/** What a request tells of the browser that sent it, for its owner to know it by. */
function clientOf(request: Request, context: AppLoadContext) {
  const name = request.headers.get("User-Agent") ?? "";
  // Control characters, and those that turn the direction of what stands beside them.
  const userAgent = name.replace(/[\p{Cc}\p{Cf}]/gu, "").slice(0, MAX_USER_AGENT);
  return { userAgent: userAgent || null, address: clientAddress(context) || null };
}

/**
 * Ends the request's session here and in the browser.
 *
 * @returns the Set-Cookie header
 */
export async function endSession(request: Request, context: AppLoadContext): Promise<string> {
  await deleteRequestSession(request, context);
  return expiredCookie();
}

async function deleteRequestSession(request: Request, context: AppLoadContext): Promise<void> {
  const key = await sessionKey(request);
  if (!key) return;
  const address = clientAddress(context) || undefined;
  await deleteSession(companyScope(key.companyId), key.tokenHash, address);
}

/**
 * Notes a request by a session: without any for days, it ends. Nobody waits for it, and a failure
 * is only logged.
 *
 * @param lastUsedAt as the session's row has it
 */
export function noteUse({ companyId, tokenHash }: SessionKey, lastUsedAt: Date): void {
  const now = new Date();
  if (now.getTime() - lastUsedAt.getTime() < TOUCH_EVERY_MS) return;
  touchSession(companyScope(companyId), tokenHash, now).catch((err: unknown) => {
    log.error({ event: "session.use_not_noted", err });
  });
}
