/**
 * Gives RemixBrowser the data of a page that came without them; to be called before it renders.
 *
 * Relies on RemixBrowser reading `window.__remixContext.stream` once, when it renders first
 * (@remix-run/react 2.17, dist/browser.js). In React Router 7.18 it is HydratedRouter, and
 * `window.__reactRouterContext.stream`.
 *
 * @param data as takePageData() of page-data.server.ts gave them
 */
export function setPageData(data: ReadableStream<Uint8Array>): void {
  window.__remixContext.stream = data;
}
