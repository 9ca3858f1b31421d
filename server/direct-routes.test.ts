import type { ServerBuild } from "@remix-run/node";
import { describe, expect, it } from "vitest";
import { withDirectRoutes } from "./direct-routes.ts";

const action = async ({ request }: { request: Request }) =>
  new Response(`action ${await request.text()}`);
const build = {
  routes: {
    hook: { id: "hook", path: "hooks/in", module: { action } },
    page: { id: "page", path: "page", module: {} },
  },
} as unknown as ServerBuild;
const handle = withDirectRoutes(build, ["hooks/in"], async () => new Response("Remix"));
const answer = async (path: string, init?: RequestInit) =>
  (await handle(new Request(`http://localhost${path}`, init), {})).text();

describe("a direct route", () => {
  it("has its action called with the request", async () => {
    expect(await answer("/hooks/in?x=1", { method: "POST", body: "a" })).toBe("action a");
  });

  it("leaves other methods and other paths to Remix", async () => {
    expect(await answer("/hooks/in")).toBe("Remix");
    expect(await answer("/hooks/in", { method: "PUT", body: "a" })).toBe("Remix");
    expect(await answer("/hooks/in/", { method: "POST", body: "a" })).toBe("Remix");
    expect(await answer("/hooks", { method: "POST", body: "a" })).toBe("Remix");
  });

  it("must be a route with an action", () => {
    for (const path of ["page", "missing"]) {
      expect(() => withDirectRoutes(build, [path], async () => new Response())).toThrow(
        `/${path} is no route with an action.`,
      );
    }
  });
});
