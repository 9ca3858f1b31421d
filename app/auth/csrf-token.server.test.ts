import { describe, expect, it } from "vitest";
import { createCsrfTokens } from "./csrf-token.server.ts";

const SECRETS = ["a-new-secret-a-new-secret-a-new-secret", "an-old-secret-an-old-secret-an-old"];
const tokens = createCsrfTokens({ secrets: SECRETS, secure: true });

function issue(headers: Record<string, string>, issuer = tokens) {
  const issued = issuer.issue(new Headers(headers));
  if (!issued) throw new Error("No token was issued.");
  return { token: issued.token, setCookie: issued.setCookie, cookie: cookieOf(issued.setCookie) };
}

const cookieOf = (setCookie = "") => setCookie.split(";")[0] ?? "";

describe("a browser's key", () => {
  it("is random, ends with the browser's session, and is out of reach of scripts and other sites", () => {
    const { setCookie, cookie } = issue({});
    expect(setCookie).toMatch(/^__Host-form=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Secure$/);
    expect(issue({}).cookie).not.toBe(cookie);
  });

  it("has no prefix where it can't be Secure", () => {
    const plain = createCsrfTokens({ secrets: SECRETS, secure: false });
    expect(issue({}, plain).setCookie).toMatch(/^form=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/);
  });

  it("stays as it is, unless it isn't one of ours", () => {
    const { cookie, token } = issue({});
    const again = issue({ Cookie: `a=b; ${cookie}` });
    expect(again).toMatchObject({ token, setCookie: undefined });
    expect(issue({ Cookie: "__Host-form=short" }).cookie).toMatch(/^__Host-form=[\w-]{43}$/);
  });

  it.each(["same-origin", "none", "cross-site"])("is given to no browser that says %s", (site) => {
    expect(tokens.issue(new Headers({ "Sec-Fetch-Site": site }))).toBeUndefined();
  });
});

describe("a form's token", () => {
  it("fits the browser that it was issued to, and no other", () => {
    const { cookie, token } = issue({});
    expect(tokens.fits(token, `a=b; ${cookie}`)).toBe(true);
    expect(tokens.fits(token, issue({}).cookie)).toBe(false);
    expect(tokens.fits(token)).toBe(false);
    expect(tokens.fits(token, cookie.replace("__Host-", ""))).toBe(false);
  });

  it("fits the session that it was issued to, and no other", () => {
    const { cookie } = issue({});
    const { token } = issue({ Cookie: `${cookie}; __Host-session=mine` });
    expect(tokens.fits(token, `__Host-session=mine; ${cookie}`)).toBe(true);
    expect(tokens.fits(token, `__Host-session=other; ${cookie}`)).toBe(false);
    expect(tokens.fits(token, cookie)).toBe(false);
  });

  it("outlives a change of the secret for as long as the old one is listed", () => {
    const [added = "", old = ""] = SECRETS;
    const { cookie, token } = issue({}, createCsrfTokens({ secrets: [old], secure: true }));
    expect(tokens.fits(token, cookie)).toBe(true);
    const afterwards = createCsrfTokens({ secrets: [added], secure: true });
    expect(afterwards.fits(token, cookie)).toBe(false);
  });
});
