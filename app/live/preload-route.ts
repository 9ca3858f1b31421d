import { filesOfRoute } from "#app/remix/route-files.ts";

const RETRY_MS = 1_000;
const ATTEMPTS = 10;

/**
 * Has the code of a route in the browser before it is needed: Remix meets code that can't be loaded
 * by loading the page anew, which ends in the browser's own error page when there is no connection.
 * Remix learns where a route's code is some time after the page came, when it sees a link to it.
 */
export function preloadRoute(routeId: string, attempts = ATTEMPTS): void {
  const files = filesOfRoute(routeId);
  if (!files) {
    if (attempts > 1) setTimeout(preloadRoute, RETRY_MS, routeId, attempts - 1);
    return;
  }
  for (const href of files) {
    if (document.querySelector(`link[rel=modulepreload][href="${href}"]`)) continue;
    document.head.append(
      Object.assign(document.createElement("link"), { rel: "modulepreload", href }),
    );
  }
}
