/**
 * Whether an error is Remix's about data that it can't read: an answer of somebody else with the
 * status 200, such as a proxy's page.
 *
 * Relies on how the message begins (@remix-run/react 2.17, dist/single-fetch.js), which in React
 * Router 7.18 is the same.
 */
export function isUndecodable(error: unknown): boolean {
  return error instanceof Error && /^Unable to decode/.test(error.message);
}
