import { afterAll, beforeAll, expect, it } from "vitest";
import { type App, startApp } from "#tests/support/app/app.ts";

let app: App;
let cookies: Record<"admin" | "agent", string>;
let asset: string;
beforeAll(async () => {
  app = await startApp({ env: { METRICS_TOKEN: "test-metrics-token" } });
  const [admin, agent] = ["admin@acme.test", "agent@acme.test"].map((email) => app.login(email));
  cookies = { admin: (await admin) ?? "", agent: (await agent) ?? "" };
  const login = await (await fetch(`${app.url}/login`)).text();
  asset = /href="(\/assets\/[^"]+\.css)"/.exec(login)?.[1] ?? "";
});
afterAll(() => app?.stop());

async function ask(path: string, who?: keyof typeof cookies, init: RequestInit = {}) {
  const headers = { Accept: "text/html", Origin: app.url, Cookie: who ? cookies[who] : "" };
  const answer = await fetch(app.url + path, { redirect: "manual", headers, ...init });
  await answer.body?.cancel();
  const policy = answer.headers.get("content-security-policy") ?? "";
  return { status: answer.status, headers: answer.headers, policy };
}

function expectWalls({ headers, policy }: Awaited<ReturnType<typeof ask>>) {
  expect(policy).toMatch(/default-src 'none'/);
  expect(policy).toMatch(/frame-ancestors '(none|self)'/);
  expect(policy).not.toMatch(/unsafe-|\*|https?:/);
  expect(Object.fromEntries(headers)).toMatchObject({
    "x-content-type-options": "nosniff",
    "x-frame-options": policy.includes("frame-ancestors 'none'") ? "DENY" : "SAMEORIGIN",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "origin-agent-cluster": "?1",
    "x-permitted-cross-domain-policies": "none",
    "permissions-policy": expect.stringContaining("geolocation=()"),
    "referrer-policy": expect.stringMatching(/^(same-origin|no-referrer)$/),
  });
}

it.each([
  ["/login", undefined, 200],
  ["/conversations", "agent", 200],
  ["/expiring", "agent", 200],
  ["/admin/audit", "admin", 200],
  ["/admin/audit?from=soon", "admin", 400],
  ["/admin/audit", "agent", 403],
  ["/conversations/999999999", "agent", 404],
  ["/no-such-page", "agent", 404],
] as const)("F68 the page %s of %s has a policy of nonces, and all walls", async (...asked) => {
  const [path, who, status] = asked;
  const answer = await ask(path, who);
  expect(answer.status).toBe(status);
  expectWalls(answer);
  for (const directive of [
    /script-src ('none'|'self' 'nonce-[A-Za-z0-9+/]{22}==')(;|$)/,
    /style-src 'self'(;|$)/,
    /object-src 'none'/,
    /base-uri 'none'/,
    /form-action 'self'/,
    /frame-ancestors 'self'/,
    /media-src 'self'(;|$)/,
  ]) {
    expect(answer.policy).toMatch(directive);
  }
});

it("F68 no two pages have the same nonce", async () => {
  const policies = [await ask("/login"), await ask("/login")].map(({ policy }) => policy);
  expect(new Set(policies).size).toBe(2);
});

it.each([
  ["/", "agent", 302],
  ["/conversations", undefined, 302],
  ["/conversations.data", "agent", 200],
  ["/admin/audit.csv", "admin", 200],
  ["/admin/audit.csv", "agent", 403],
  ["/admin/audit.csv?from=soon", "admin", 400],
  ["/events", undefined, 401],
  ["/up", undefined, 200],
  ["/ready", undefined, 200],
  ["/metrics", undefined, 401],
  ["/webhooks/whatsapp?hub.mode=subscribe", undefined, 403],
  ["/assets/gone.js", undefined, 404],
  ["/favicon.svg", undefined, 200],
  ["/media/1.data", "agent", 404],
  ["/%zz", undefined, 400],
] as const)("F68 %s of %s, which is no page, may load nothing", async (path, who, status) => {
  const answer = await ask(path, who);
  expect(answer.status).toBe(status);
  expectWalls(answer);
  expect(answer.policy).not.toMatch(/-src '(self|nonce)/);
});

it("F68 an asset, a refused webhook and a refused form may load nothing", async () => {
  const body = "{}";
  for (const answer of [
    await ask(asset),
    await ask("/webhooks/whatsapp", undefined, { method: "POST", body }),
    await ask("/login", undefined, { method: "POST", body, headers: { Origin: "null" } }),
  ]) {
    expectWalls(answer);
    expect(answer.policy).not.toMatch(/-src '(self|nonce)/);
  }
});

it.each([
  ["/media/922684793477189", "agent", 404],
  ["/media/922684793477189", undefined, 302],
  ["/media/922684793477189/view", "agent", 404],
  ["/media/..%2f", "agent", 404],
] as const)("F67 %s of %s is sandboxed and kept nowhere", async (path, who, status) => {
  const answer = await ask(path, who);
  expect(answer.status).toBe(status);
  expectWalls(answer);
  expect(answer.policy).toContain("sandbox");
  expect(answer.headers.get("referrer-policy")).toBe("no-referrer");
  expect(answer.headers.get("cache-control")).toBe("no-store, no-transform");
});
