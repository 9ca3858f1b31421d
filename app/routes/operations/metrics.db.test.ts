import { afterEach, expect, it } from "vitest";
import { quarantine } from "#app/models/received/quarantine.server.ts";
import { closeDatabase, forDuty } from "#app/process/database.server.ts";
import { env } from "#app/process/env.server.ts";
import { loader } from "./metrics.ts";

afterEach(() => {
  env.METRICS_TOKEN = undefined;
});

function ask(authorization?: string) {
  const headers = new Headers(
    authorization === undefined ? [] : [["Authorization", authorization]],
  );
  const request = new Request("http://inbox.test/metrics", { headers });
  return loader({ request, params: {}, context: {} });
}

it("does not exist without METRICS_TOKEN", async () => {
  expect((await ask("Bearer undefined")).status).toBe(404);
  expect((await ask("Bearer ")).status).toBe(404);
});

it.each([
  undefined,
  "",
  "Bearer",
  "Bearer ",
  "Bearer test-metrics-toke",
  "test-metrics-token",
  "Basic test-metrics-token",
])("answers 401 to the authorization %j", async (authorization) => {
  env.METRICS_TOKEN = "test-metrics-token";
  const response = await ask(authorization);
  expect(response.status).toBe(401);
  expect(response.headers.get("www-authenticate")).toBe("Bearer");
  expect(await response.text()).not.toContain("tapview_");
});

it("gives the figures to the bearer of the token", async () => {
  env.METRICS_TOKEN = "test-metrics-token";
  const response = await ask("Bearer test-metrics-token");
  expect(response.headers.get("content-type")).toMatch(/^text\/plain; version=0\.0\.4/);
  expect(response.headers.get("cache-control")).toBe("no-store");
  expect(await response.text()).toContain("tapview_media_fetches_total");
});

it("counts the quarantine by reason, and leaves that out once the database is gone", async () => {
  env.METRICS_TOKEN = "test-metrics-token";
  const figures = async () => (await ask("Bearer test-metrics-token")).text();
  await quarantine(forDuty("webhook"), [
    { reason: "not JSON", body: Buffer.from("{") },
    { reason: "not JSON", body: Buffer.from("[") },
  ]);
  expect(await figures()).toContain('tapview_webhook_quarantined_rows{reason="not JSON"} 2\n');
  await closeDatabase();
  const incomplete = await figures();
  expect(incomplete).not.toContain("tapview_webhook_quarantined_rows{");
  expect(incomplete).toContain("tapview_media_fetches_total");
});
