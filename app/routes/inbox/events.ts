import type { LoaderFunctionArgs } from "@remix-run/node";
import { eventsResponse } from "#app/live/events-response.server.ts";

export function loader({ request, context }: LoaderFunctionArgs): Promise<Response> {
  return eventsResponse(request, context);
}
