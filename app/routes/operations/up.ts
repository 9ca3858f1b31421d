/** The process answers. Whether it can do its work is /ready's to say. */
export function loader(): Response {
  return new Response("ok\n", {
    headers: { "Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store" },
  });
}
