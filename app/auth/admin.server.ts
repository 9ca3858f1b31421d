import type { AppLoadContext } from "@remix-run/node";
import { clientAddress } from "#app/http/load-context.ts";
import { forbidden } from "#app/http/refused-pages.ts";
import type { Actor } from "#app/models/numbers/administration.server.ts";
import { requireViewer, type Viewer } from "./viewer.server.ts";

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
