import { randomBytes } from "node:crypto";
import type { EntryContext } from "@remix-run/node";
import { afterAll, expect, it, vi } from "vitest";
import { closeDatabase } from "#app/process/database.server.ts";
import { db } from "#db/testing/owner.ts";
import { addCompany, addUser, TEST_PASSWORD } from "#tests/support/rows.server.ts";

afterAll(closeDatabase);

/** @returns all cookies that the app sets when it is set up so */
async function cookiesWith(variables: Record<string, string>): Promise<string[]> {
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
  vi.resetModules();
  return [...(await signInCookies()), ...(await pageCookies())];
}

async function signInCookies(): Promise<string[]> {
  const { action } = await import("#app/routes/account/login.tsx");
  const { email } = await addUser(await addCompany(db));
  const body = new URLSearchParams({ email, password: TEST_PASSWORD }).toString();
  const request = new Request("http://localhost/login", {
    method: "POST",
    headers: {
      "Content-Type": "application/x-www-form-urlencoded",
      "Content-Length": `${Buffer.byteLength(body)}`,
    },
    body,
  });
  const answer = await action({ request, params: {}, context: {} });
  if ("init" in answer) throw new Error(answer.data.error);
  return answer.headers.getSetCookie();
}

async function pageCookies(): Promise<string[]> {
  const { csrfTokens } = await import("./csrf-token.server.ts");
  const { answerHandoff } = await import("#app/http/handoff.server.ts");
  const { keepLiteChoice } = await import("#app/http/lite.server.ts");
  const form = csrfTokens.issue(new Headers())?.setCookie ?? "";
  const script = (await answerHandoff(new Headers(), {} as EntryContext)).headers.getSetCookie();
  return [form, ...script, await keepLiteChoice("on")];
}

/** @returns "name=" with the flags beside it, in alphabetical order */
function flagsOf(setCookie: string): string[] {
  const [pair = "", ...flags] = setCookie
    .split("; ")
    .filter((part) => !part.startsWith("Expires="));
  return [`${pair.split("=")[0]}`, ...flags.sort()];
}

/** A server that others can reach takes no weak ones. */
const strong = () => randomBytes(32).toString("base64url");

it.each([
  [
    "in production",
    {
      ...{ NODE_ENV: "production", HOST: "0.0.0.0", SESSION_SECRET: strong() },
      ...{ WHATSAPP_APP_SECRET: strong(), WHATSAPP_VERIFY_TOKEN: strong() },
    },
  ],
  ["behind a proxy with https", { APP_ORIGIN: "https://inbox.company.test" }],
])("F78 %s the cookies are Secure and of this host alone", async (_, variables) => {
  const cookies = await cookiesWith(variables);
  expect(cookies.map(flagsOf)).toEqual([
    ["__Host-session", "HttpOnly", "Max-Age=1209600", "Path=/", "SameSite=Lax", "Secure"],
    ["__Host-device", "HttpOnly", "Max-Age=15552000", "Path=/", "SameSite=Lax", "Secure"],
    ["__Host-form", "HttpOnly", "Path=/", "SameSite=Lax", "Secure"],
    ["__Host-script", "HttpOnly", "Max-Age=31536000", "Path=/", "SameSite=Lax", "Secure"],
    ["__Host-lite", "HttpOnly", "Max-Age=31536000", "Path=/", "SameSite=Lax", "Secure"],
  ]);
});

it.each([
  ["in development", {}],
  ["on this machine", { NODE_ENV: "production", HOST: "127.0.0.1" }],
])(
  "F78 %s the cookies work without https, and are out of scripts' reach all the same",
  async (_, variables) => {
    const cookies = await cookiesWith(variables);
    expect(cookies.map(flagsOf)).toEqual([
      ["session", "HttpOnly", "Max-Age=1209600", "Path=/", "SameSite=Lax"],
      ["device", "HttpOnly", "Max-Age=15552000", "Path=/", "SameSite=Lax"],
      ["form", "HttpOnly", "Path=/", "SameSite=Lax"],
      ["script", "HttpOnly", "Max-Age=31536000", "Path=/", "SameSite=Lax"],
      ["lite", "HttpOnly", "Max-Age=31536000", "Path=/", "SameSite=Lax"],
    ]);
  },
);
