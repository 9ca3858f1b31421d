import { describe, expect, it } from "vitest";
import { liteMode } from "#app/http/lite.server.ts";
import { action } from "./lite.ts";

function post(fields: { lite?: string; back?: string }, length?: number) {
  const body = new URLSearchParams(fields);
  const headers = { "Content-Length": String(length ?? body.toString().length) };
  const request = new Request("http://inbox.test/lite", { method: "POST", headers, body });
  return action({ request, params: {}, context: {} });
}

function lite(headers: Record<string, string>) {
  return liteMode(new Request("http://inbox.test/conversations", { headers }));
}

describe("the switch of lite pages", () => {
  it("keeps the choice for a year, out of reach of scripts and other sites, and leads back", async () => {
    const response = await post({ lite: "on", back: "/conversations/7?unread=1" });
    expect(response.status).toBe(302);
    expect(response.headers.get("location")).toBe("/conversations/7?unread=1");
    const cookie = response.headers.get("set-cookie") ?? "";
    expect(cookie).toMatch(/^lite=.*Max-Age=31536000; Path=\/; HttpOnly; SameSite=Lax$/);
  });

  it.each(["https://evil.test/", "//evil.test", "/\\evil.test", "javascript:alert(1)"])(
    "doesn't lead to %s",
    async (back) => {
      const response = await post({ lite: "off", back });
      expect(response.headers.get("location")).toBe("/conversations");
    },
  );

  it.each([{ lite: "maybe" }, { back: "/conversations" }])("refuses %j", async (fields) => {
    const response = await post(fields);
    expect(response.status).toBe(400);
    expect(response.headers.get("set-cookie")).toBeNull();
  });
});

it("reads no form that is larger than its own", async () => {
  await expect(post({ lite: "on" }, 100_000)).rejects.toMatchObject({ status: 413 });
});

describe("pages are lite", () => {
  const chosen = async (choice: string) =>
    (await post({ lite: choice })).headers.get("set-cookie")?.split(";")[0] ?? "";

  it("for whoever chose so, and for a browser that saves data", async () => {
    expect(await lite({ Cookie: await chosen("on") })).toBe("chosen");
    expect(await lite({ "Save-Data": "on" })).toBe("save-data");
    expect(await lite({ "Save-Data": "On; level=1" })).toBe("save-data");
  });

  it("for nobody else, nor against the choice of a person", async () => {
    expect(await lite({})).toBeUndefined();
    expect(await lite({ "Save-Data": "off" })).toBeUndefined();
    expect(await lite({ Cookie: "lite=rubbish" })).toBeUndefined();
    expect(await lite({ Cookie: await chosen("off"), "Save-Data": "on" })).toBeUndefined();
  });
});
