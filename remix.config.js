/**
 * Every v3 flag is on, so that the step to React Router 7 stays small: a rename for the routes, and
 * more for the hooks of app/remix/, each of which says what becomes of it.
 * The Vite plugin never reads this file by itself: vite.config.ts imports it.
 *
 * @type {import("@remix-run/dev").VitePluginConfig}
 */
export default {
  ignoredRouteFiles: ["**/*"],
  future: {
    v3_fetcherPersist: true,
    v3_lazyRouteDiscovery: true,
    v3_relativeSplatPath: true,
    v3_routeConfig: true,
    v3_singleFetch: true,
    v3_throwAbortReason: true,
  },
};
