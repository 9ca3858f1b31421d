import { afterAll, describe, expect, it } from "vitest";
import { closeDatabase } from "#app/process/database.server.ts";
import { db } from "#db/testing/owner.ts";
import { addAccount, addCompany, addUser } from "#tests/support/rows.server.ts";
import type { CompanyScope } from "../scope.server.ts";
import { createSession, findSessionUser } from "../sessions/sessions.server.ts";
import { clearRefusedToken, flagRefusedToken } from "./account-health.server.ts";
import { refusedAccounts } from "./reachable-accounts.server.ts";

afterAll(closeDatabase);

const EXPIRED = "HTTP 401, code 190/463";

/** A company with two numbers, of which nothing is wrong. */
async function setUp() {
  const scope = await addCompany(db);
  const support = await addAccount(scope, [], { name: "Support" });
  const sales = await addAccount(scope, [], { name: "Sales" });
  return { scope, support: support.phoneNumberId, sales: sales.phoneNumberId };
}

/** As an admin of the company is told. */
async function listRefusedAccounts(scope: CompanyScope) {
  const { id: userId } = await addUser(scope, { role: "admin" });
  const tokenHash = `hash of ${userId}`;
  await createSession(scope, { tokenHash, userId, expiresAt: new Date(Date.now() + 60_000) });
  const admin = await findSessionUser(scope, tokenHash, new Date());
  return refusedAccounts(admin?.accounts ?? []);
}

describe("the access tokens that WhatsApp refuses", () => {
  it("F30 are listed with their number, since when, and WhatsApp's answer", async () => {
    const { scope, support, sales } = await setUp();
    expect(await listRefusedAccounts(scope)).toEqual([]);
    const before = Date.now();
    expect(await flagRefusedToken(scope, support, EXPIRED)).toBe(true);
    expect(await flagRefusedToken(scope, sales, "HTTP 403, code 10")).toBe(true);
    const [first, second] = await listRefusedAccounts(scope);
    expect(first).toMatchObject({ phoneNumberId: support, name: "Support", reason: EXPIRED });
    expect(second).toMatchObject({ phoneNumberId: sales, name: "Sales" });
    expect(Math.abs((first?.since.getTime() ?? 0) - before)).toBeLessThan(60_000);
  });

  it("F30 keep their first time and reason, however often they are refused", async () => {
    const { scope, support } = await setUp();
    await flagRefusedToken(scope, support, EXPIRED);
    const listed = await listRefusedAccounts(scope);
    expect(await flagRefusedToken(scope, support, "HTTP 403, code 10")).toBe(false);
    expect(await listRefusedAccounts(scope)).toEqual(listed);
  });

  it("F30 are new once, to one of those who note it at the same moment", async () => {
    const { scope, support } = await setUp();
    const flags = [1, 2, 3, 4].map(() => flagRefusedToken(scope, support, EXPIRED));
    expect((await Promise.all(flags)).filter(Boolean)).toHaveLength(1);
    const clears = [1, 2, 3, 4].map(() => clearRefusedToken(scope, support));
    expect((await Promise.all(clears)).filter(Boolean)).toHaveLength(1);
  });

  it("are forgotten once they are accepted, each for itself", async () => {
    const { scope, support, sales } = await setUp();
    expect(await clearRefusedToken(scope, support)).toBe(false);
    await flagRefusedToken(scope, support, EXPIRED);
    await flagRefusedToken(scope, sales, EXPIRED);
    expect(await clearRefusedToken(scope, support)).toBe(true);
    expect(await listRefusedAccounts(scope)).toMatchObject([{ phoneNumberId: sales }]);
    expect(await flagRefusedToken(scope, support, "HTTP 403, code 10")).toBe(true);
    expect(await listRefusedAccounts(scope)).toMatchObject([
      { phoneNumberId: sales },
      { phoneNumberId: support, reason: "HTTP 403, code 10" },
    ]);
  });

  it("keep of a long reason its beginning", async () => {
    const { scope, support } = await setUp();
    await flagRefusedToken(scope, support, "x".repeat(1_000));
    expect(await listRefusedAccounts(scope)).toMatchObject([{ reason: "x".repeat(200) }]);
  });

  it("F73 are no other company's to see or to change", async () => {
    const { scope, support } = await setUp();
    const stranger = await setUp();
    expect(await flagRefusedToken(stranger.scope, support, EXPIRED)).toBe(false);
    await flagRefusedToken(scope, support, EXPIRED);
    expect(await clearRefusedToken(stranger.scope, support)).toBe(false);
    expect(await listRefusedAccounts(stranger.scope)).toEqual([]);
    expect(await listRefusedAccounts(scope)).toHaveLength(1);
  });
});
