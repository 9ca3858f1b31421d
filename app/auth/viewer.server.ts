import { type AppLoadContext, redirect } from "@remix-run/node";
import { clientAddress } from "#app/http/load-context.ts";
import { forbidden } from "#app/http/refused-pages.ts";
import type { Actor } from "#app/models/audit/administration.server.ts";
import type { CompanyScope } from "#app/models/scope.server.ts";
import { findSessionUser, type SessionUser } from "#app/models/sessions/sessions.server.ts";
import { companyScope } from "./company-scope.server.ts";
import { noteUse } from "./session.server.ts";
import { type SessionKey, sessionKey } from "./session-cookie.server.ts";

/** The signed-in person who asks, and the one company they can ask about. */
export interface Viewer extends SessionUser {
  scope: CompanyScope;
  /** The session that they ask by. */
  session: SessionKey;
}

/** A page has several loaders, which ask in the same request: by its context. */
const known = new WeakMap<AppLoadContext, Promise<Viewer | undefined>>();

/**
 * For what a browser also asks by itself: it doesn't keep an idle session alive.
 *
 * @returns the person behind the request's session, or undefined when nobody is signed in
 */
export async function findViewer(request: Request): Promise<Viewer | undefined> {
  const session = await sessionKey(request);
  if (!session) return undefined;
  const scope = companyScope(session.companyId);
  const user = await findSessionUser(scope, session.tokenHash, new Date());
  return user && { ...user, scope, session };
}

/**
 * For pages.
 *
 * @param context of the same request: however often it is asked with, the session is read once
 * @throws a redirect to /login, which leads back here
 */
export async function requireViewer(request: Request, context: AppLoadContext): Promise<Viewer> {
  const asked = known.get(context) ?? findActiveViewer(request);
  known.set(context, asked);
  const viewer = await asked;
  if (viewer) return viewer;
  const { pathname, search } = new URL(request.url);
  throw redirect(`/login?${new URLSearchParams({ redirectTo: pathname + search })}`);
}

async function findActiveViewer(request: Request): Promise<Viewer | undefined> {
  const viewer = await findViewer(request);
  if (viewer) noteUse(viewer.session, viewer.lastUsedAt);
  return viewer;
}

/**
 * For pages of administration.
 *
 * @throws a redirect to /login when nobody is signed in, 403 for an agent
 */
export async function requireAdmin(request: Request, context: AppLoadContext): Promise<Viewer> {
  const viewer = await requireViewer(request, context);
  if (viewer.role !== "admin") throw forbidden();
  return viewer;
}

/** Who makes a change, for the audit log. */
export function actorOf(admin: Viewer, context: AppLoadContext): Actor {
  return { actorUserId: admin.id, address: clientAddress(context) || undefined };
}

/** Whose session it is that a viewer asks by. */
export function ownerOf({ id, session }: Viewer) {
  return { userId: id, tokenHash: session.tokenHash };
}
