import { readiness } from "#app/operations/readiness.server.ts";
import { db } from "#app/process/database.server.ts";
import { isDraining } from "#app/process/draining.server.ts";

/** Whether a load balancer should send requests here. */
export async function loader(): Promise<Response> {
  const problems = await readiness({ db, draining: isDraining() });
  return Response.json(
    { ready: problems.length === 0, problems },
    { status: problems.length === 0 ? 200 : 503, headers: { "Cache-Control": "no-store" } },
  );
}
