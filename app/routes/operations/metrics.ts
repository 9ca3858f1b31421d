import type { LoaderFunctionArgs } from "@remix-run/node";
import { measureQuarantine } from "#app/operations/quarantine-gauge.server.ts";
import { forDuty } from "#app/process/database.server.ts";
import { env } from "#app/process/env.server.ts";
import { registry } from "#app/process/metrics.server.ts";
import { isSameSecret } from "#app/process/same-secret.server.ts";

const NO_STORE = { "Cache-Control": "no-store" };

/** The process's figures for Prometheus. Without METRICS_TOKEN there is no such page. */
export async function loader({ request }: LoaderFunctionArgs): Promise<Response> {
  if (env.METRICS_TOKEN === undefined) {
    return new Response("Not found. Set METRICS_TOKEN to have metrics.\n", {
      status: 404,
      headers: NO_STORE,
    });
  }
  if (!isSameSecret(`Bearer ${env.METRICS_TOKEN}`, request.headers.get("Authorization") ?? "")) {
    return new Response("Send the header: Authorization: Bearer METRICS_TOKEN.\n", {
      status: 401,
      headers: { ...NO_STORE, "WWW-Authenticate": "Bearer" },
    });
  }
  await measureQuarantine(forDuty("webhook"));
  return new Response(await registry.metrics(), {
    headers: { ...NO_STORE, "Content-Type": registry.contentType },
  });
}
