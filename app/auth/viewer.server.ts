import { redirect } from "@remix-run/node";
import type { CompanyScope } from "#app/models/scope.server.ts";
import type { User } from "#app/models/users.server.ts";
import { db } from "#db/client.server.ts";
import { getSession } from "./session.server.ts";

/** The signed-in person who asks, and the one company they can ask about. */
export interface Viewer extends User {
  scope: CompanyScope;
}

/** @returns the person behind the request's session, or undefined when nobody is signed in */
export async function findViewer(request: Request): Promise<Viewer | undefined> {
  const session = await getSession(request);
  const companyId = session.get("companyId");
  const user = session.get("user");
  return companyId && user ? { ...user, scope: { companyId, db } } : undefined;
}

/**
 * For pages.
 *
 * @throws a redirect to /login, which leads back here
 */
export async function requireViewer(request: Request): Promise<Viewer> {
  const viewer = await findViewer(request);
  if (viewer) return viewer;
  const { pathname, search } = new URL(request.url);
  throw redirect(`/login?${new URLSearchParams({ redirectTo: pathname + search })}`);
}
