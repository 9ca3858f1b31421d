/**
 * The names under which Remix answers with a page's data in the place of the page, so that the
 * server's walls know them.
 *
 * Relies on `.data` at a path's end (@remix-run/server-runtime 2.17, dist/server.js), of which an
 * encoded one counts here as well, and on `?_data=` of the time before single fetch, which still
 * works with it: it runs any one loader or action by name, past Remix's own origin check. React
 * Router 7.18 has the former, with v8_trailingSlashAwareDataRequests also as `/_.data`, and not the
 * latter.
 */

/**
 * @param segments of a path, decoded
 * @returns the segments of the page whose data the path names; undefined for another path
 */
export function pageOfData(segments: string[]): string[] | undefined {
  const last = segments.at(-1) ?? "";
  return /\.data$/i.test(last) ? segments.with(-1, last.slice(0, -".data".length)) : undefined;
}

/** Whether one loader or action is called by name, which nothing of ours does. */
export function isDataByName(query: URLSearchParams): boolean {
  return query.has("_data");
}
