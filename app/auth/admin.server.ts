import type { AppLoadContext } from "@remix-run/node";
import { forbidden } from "#app/refused-pages.ts";
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
