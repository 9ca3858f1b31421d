import { expect, it } from "vitest";
import { eventually, startServer } from "./testing.ts";

it("F95 logs one line a request, without its query", async () => {
  const { origin, events, stop } = await startServer({
    handle: async () => new Response("hello", { status: 201 }),
  });

  const response = await fetch(`${origin}/conversations/7?q=what-a-person-typed`);
  await response.text();

  const line = await eventually(() => events.find(({ event }) => event === "http.request"));
  expect(line).toMatchObject({
    requestId: response.headers.get("x-request-id"),
    method: "GET",
    path: "/conversations/7",
    status: 201,
    complete: true,
  });
  expect(line.bytes).toBeGreaterThan("hello".length);
  expect(line.ms).toBeGreaterThanOrEqual(0);
  expect(JSON.stringify(events)).not.toContain("what-a-person-typed");
  await stop();
});

it("F95 logs no invitation's link: whoever knows it can accept it", async () => {
  const { origin, events, stop } = await startServer({ handle: async () => new Response("hello") });

  for (const path of ["/invite/canary", "/invite/canary?q=1", "//invite//canary.data"]) {
    await (await fetch(origin + path)).text();
  }

  const lines = await eventually(() => {
    const found = events.filter(({ event }) => event === "http.request");
    return found.length === 3 ? found : undefined;
  });
  expect(lines[0]).toMatchObject({ path: "/invite/[redacted]" });
  expect(JSON.stringify(lines)).not.toContain("canary");
  await stop();
});
