import { isDraining } from "#app/draining.server.ts";
import { db } from "#db/client.server.ts";
import { readiness } from "../readiness.server.ts";

/** Whether a load balancer should send requests here. */
export async function loader(): Promise<Response> {
  const problems = await readiness({ db, draining: isDraining() });
  return Response.json(
    { ready: problems.length === 0, problems },
    { status: problems.length === 0 ? 200 : 503, headers: { "Cache-Control": "no-store" } },
  );
}
