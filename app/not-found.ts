/** The one answer to everything that isn't there, or isn't yours: the two can't be told apart. */
export function notFound(): Response {
  return new Response("Not found", { status: 404, statusText: "Not Found" });
}
