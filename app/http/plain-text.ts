/** An answer in plain text that is never stored and never taken for anything else. */
export function plainText(
  status: number,
  text: string,
  headers?: Record<string, string>,
): Response {
  return new Response(text, {
    status,
    headers: {
      "content-type": "text/plain; charset=utf-8",
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
      ...headers,
    },
  });
}
