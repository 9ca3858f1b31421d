import { describe, expect, it } from "vitest";
import { createDeviceCookies } from "./device-cookie.server.ts";

const SECRETS = ["a-new-secret-a-new-secret-a-new-secret", "an-old-secret-an-old-secret-an-old"];
const EMAIL = "ana@company.test";
const NOW = new Date("2026-05-01T12:00:00Z");
const devices = createDeviceCookies({ secrets: SECRETS, secure: true });
const cookieOf = (setCookie: string) => setCookie.split(";")[0] ?? "";

describe("a device cookie", () => {
  it("is out of reach of scripts and other sites, for 180 days", () => {
    expect(devices.issue(EMAIL)).toMatch(
      /^__Host-device=[\w.-]+; Max-Age=15552000; Path=\/; HttpOnly; SameSite=Lax; Secure$/,
    );
    const plain = createDeviceCookies({ secrets: SECRETS, secure: false });
    expect(plain.issue(EMAIL)).toMatch(/^device=[\w.-]+; Max-Age=.*SameSite=Lax$/);
  });

  it("names the browser to its own account alone, and names nobody", () => {
    const cookie = cookieOf(devices.issue(EMAIL, NOW));
    expect(devices.find(EMAIL, `a=b; ${cookie}`, NOW)).toMatch(/^[\w-]{22}$/);
    expect(devices.find("bea@company.test", cookie, NOW)).toBeUndefined();
    expect(cookie).not.toContain("ana");
    const another = cookieOf(devices.issue(EMAIL, NOW));
    expect(devices.find(EMAIL, another, NOW)).not.toBe(devices.find(EMAIL, cookie, NOW));
  });

  it("is worth nothing when it was changed, made up or is too old", () => {
    const cookie = cookieOf(devices.issue(EMAIL, NOW));
    const [nonce = "", until = "", signature = ""] = cookie
      .slice("__Host-device=".length)
      .split(".");
    const forged = [
      "",
      "__Host-device=",
      "__Host-device=x.y.z",
      cookie.replace("__Host-", ""),
      `__Host-device=${"A".repeat(22)}.${until}.${signature}`,
      `__Host-device=${nonce}.${Number(until) + 1}.${signature}`,
      `__Host-device=${nonce}.${until}.${"A".repeat(43)}`,
    ];
    for (const cookies of forged) expect(devices.find(EMAIL, cookies, NOW)).toBeUndefined();
    const days = (count: number) => new Date(NOW.getTime() + count * 24 * 60 * 60 * 1000);
    expect(devices.find(EMAIL, cookie, days(179))).toBe(nonce);
    expect(devices.find(EMAIL, cookie, days(180))).toBeUndefined();
  });

  it("outlives a change of the secret for as long as the old one is listed", () => {
    const [added = "", old = ""] = SECRETS;
    const cookie = cookieOf(createDeviceCookies({ secrets: [old], secure: true }).issue(EMAIL));
    expect(devices.find(EMAIL, cookie)).toBeDefined();
    const afterwards = createDeviceCookies({ secrets: [added], secure: true });
    expect(afterwards.find(EMAIL, cookie)).toBeUndefined();
  });
});
