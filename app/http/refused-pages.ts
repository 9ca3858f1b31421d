/** The one answer to everything that isn't there, or isn't yours: the two can't be told apart. */
export function notFound(): Response {
  return new Response("Not found", { status: 404, statusText: "Not Found" });
}

/** To a person of the company who is no member of the number it belongs to, or not the admin it is for. */
export function forbidden(): Response {
  return new Response("Forbidden", { status: 403, statusText: "Forbidden" });
}
