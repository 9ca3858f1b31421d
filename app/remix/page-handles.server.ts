import type { EntryContext } from "@remix-run/node";

/**
 * What the routes of a page export as `handle`, from the root on: useMatches() gives it to
 * components, and this to entry.server before there are any.
 *
 * Relies on two parts of the EntryContext, which Remix's entry.server only hands on:
 * `staticHandlerContext.matches` and `routeModules`, by the id of a route. They are the same in
 * React Router 7.18.
 *
 * @returns as each route has it: what it is, the caller must know
 */
export function handlesOf<T>({ staticHandlerContext, routeModules }: EntryContext): T[] {
  return staticHandlerContext.matches.flatMap(({ route }) => {
    const handle = routeModules[route.id]?.handle as T | undefined;
    return handle === undefined ? [] : [handle];
  });
}
