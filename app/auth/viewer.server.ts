import { type AppLoadContext, redirect } from "@remix-run/node";
import { companyScope } from "#app/company-scope.server.ts";
import type { CompanyScope } from "#app/models/scope.server.ts";
import type { SessionUser } from "#app/models/sessions.server.ts";
import { getSession } from "./session.server.ts";

/** The signed-in person who asks, and the one company they can ask about. */
export interface Viewer extends SessionUser {
  scope: CompanyScope;
}

/** A page has several loaders, which ask in the same request: by its context. */
const known = new WeakMap<AppLoadContext, Promise<Viewer | undefined>>();

/** @returns the person behind the request's session, or undefined when nobody is signed in */
export async function findViewer(request: Request): Promise<Viewer | undefined> {
  const session = await getSession(request);
  const companyId = session.get("companyId");
  const user = session.get("user");
  return companyId && user ? { ...user, scope: companyScope(companyId) } : undefined;
}

/**
 * For pages.
 *
 * @param context of the same request: however often it is asked with, the session is read once
 * @throws a redirect to /login, which leads back here
 */
export async function requireViewer(request: Request, context: AppLoadContext): Promise<Viewer> {
  const asked = known.get(context) ?? findViewer(request);
  known.set(context, asked);
  const viewer = await asked;
  if (viewer) return viewer;
  const { pathname, search } = new URL(request.url);
  throw redirect(`/login?${new URLSearchParams({ redirectTo: pathname + search })}`);
}
