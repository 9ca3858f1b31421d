interface Manifest {
  routes: Record<string, { module: string; imports?: string[] }>;
}

/**
 * The addresses of a route's code.
 *
 * Relies on `window.__remixManifest`: at first it has the page's own routes, and then also those
 * that Remix asked the server for, because the page has links to them (@remix-run/react 2.17,
 * dist/fog-of-war.js). In React Router 7.18 it is `window.__reactRouterManifest`, where a route that
 * is split in several files has them under further names, such as `clientLoaderModule`.
 *
 * @param routeId the file's path within app/, without its ending
 * @returns undefined as long as Remix doesn't know the route
 */
export function filesOfRoute(routeId: string): string[] | undefined {
  const { __remixManifest: manifest } = window as { __remixManifest?: Manifest };
  const route = manifest?.routes[routeId];
  return route && [route.module, ...(route.imports ?? [])];
}
