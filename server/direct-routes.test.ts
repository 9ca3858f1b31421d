import type { ServerBuild } from "@remix-run/node";
import { describe, expect, it } from "vitest";
import { withDirectRoutes } from "./direct-routes.ts";

interface Call {
  request: Request;
  params: Record<string, string>;
  context: unknown;
}
const answers =
  (name: string) =>
  async ({ request, params, context }: Call) =>
    Response.json({ name, method: request.method, params, context });
const build = {
  routes: {
    hook: { id: "hook", path: "hooks/in", module: { action: answers("hook action") } },
    file: {
      id: "file",
      path: "files/:fileId",
      module: { action: answers("file action"), loader: answers("file loader") },
    },
    page: { id: "page", path: "page", module: {} },
    other: { id: "other", path: "other/:id", module: { loader: answers("other loader") } },
  },
} as unknown as ServerBuild;
const handle = withDirectRoutes(build, ["/hooks/in", "/files/:fileId"], async () =>
  Response.json({ name: "Remix" }),
);
const CONTEXT = { clientAddress: "192.0.2.1" };
const ask = async (path: string, method = "GET") => {
  const body = method === "GET" || method === "HEAD" ? null : "body";
  const answer = await handle(new Request(`http://localhost${path}`, { method, body }), CONTEXT);
  return (await answer.json()) as { name: string; params: object };
};
const called = async (path: string, method?: string) => (await ask(path, method)).name;

describe("a direct route", () => {
  it("has its action called with the request, its parameters and the context", async () => {
    expect(await ask("/hooks/in?x=1", "POST")).toEqual({
      name: "hook action",
      method: "POST",
      params: {},
      context: CONTEXT,
    });
  });

  it.each(["GET", "HEAD"])("has its loader called for %s, with the parameter", async (method) => {
    expect(await ask("/files/622684793477189?t=1", method)).toEqual({
      name: "file loader",
      method,
      params: { fileId: "622684793477189" },
      context: CONTEXT,
    });
  });

  it("tells loader and action apart by the method", async () => {
    expect(await called("/files/1", "POST")).toBe("file action");
    expect(await called("/files/1")).toBe("file loader");
  });

  it.each([
    ["a method that the route doesn't answer", "/hooks/in", "GET"],
    ["PUT", "/hooks/in", "PUT"],
    ["DELETE", "/files/1", "DELETE"],
    ["OPTIONS", "/files/1", "OPTIONS"],
    ["a trailing slash", "/hooks/in/", "POST"],
    ["less than the path", "/hooks", "POST"],
    ["another path", "/other/1", "GET"],
    ["the home page", "/", "GET"],
    ["a parameter that is missing", "/files/", "GET"],
    ["no parameter at all", "/files", "GET"],
    ["a route below it", "/files/1/view", "GET"],
    ["another case", "/Files/1", "GET"],
    ["a doubled slash", "//files/1", "GET"],
  ])("leaves %s to Remix: %s", async (_, path, method) => {
    expect(await called(path, method)).toBe("Remix");
  });

  it.each(["%36%32", "..%2fme", "%00", "a.data", "a%20b", "1;2", "é", "1+1", "x".repeat(129)])(
    "F59 leaves an id to Remix that may mean something else once it is decoded: %s",
    async (id) => {
      expect(await called(`/files/${id}`)).toBe("Remix");
    },
  );

  it("takes an id of 128 plain characters", async () => {
    const id = `A-z_0${"9".repeat(123)}`;
    expect((await ask(`/files/${id}`)).params).toEqual({ fileId: id });
  });

  it("must be a route with a loader or an action", () => {
    for (const path of ["/page", "/missing", "/files/:id"]) {
      expect(() => withDirectRoutes(build, [path], async () => new Response())).toThrow(
        `${path} is no route with a loader or an action.`,
      );
    }
  });
});
