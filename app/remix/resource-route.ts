import type { ActionFunction, LoaderFunction, ServerBuild } from "@remix-run/node";

/** What answers at a route without a page. */
export interface ResourceRoute {
  action: ActionFunction | undefined;
  loader: LoaderFunction | undefined;
}

/**
 * A route's own loader and action, to be called without Remix, with `{ request, context, params }`.
 * They must answer all by a Response, and throw none: what Remix does around a call is left out.
 *
 * Relies on `build.routes`, whose paths are those of app/routes.ts, relative to a route's parent, and
 * on Remix doing no more than to copy the request without `index` and `_routes` in its query, to
 * hand on the Response, and to answer for what is thrown (@remix-run/server-runtime 2.17, dist/data.js
 * and dist/server.js). In React Router 7.18 the routes are the same; a call also has `url` and
 * `pattern`, and a route's middleware would be passed by.
 *
 * @param path of a route on the first level of app/routes.ts, with a slash at its beginning
 * @throws when that is no route with a loader or an action
 */
export function findResourceRoute(build: ServerBuild, path: string): ResourceRoute {
  const routes = Object.values(build.routes);
  const module = routes.find((route) => route?.path === path.slice(1))?.module;
  if (!module?.action && !module?.loader) {
    throw new Error(`${path} is no route with a loader or an action.`);
  }
  const { action, loader } = module;
  return { action, loader };
}
