import { afterAll, describe, expect, it } from "vitest";
import { closeDatabase, forDuty } from "#app/process/database.server.ts";
import { db } from "#db/testing/owner.ts";
import { addCompany, addUser } from "#tests/support/rows.server.ts";
import { createSession, deleteSession, findSessionUser } from "../sessions/sessions.server.ts";
import { findCredentials } from "./credentials.server.ts";

afterAll(closeDatabase);

const NOW = new Date("2026-05-01T12:00:00Z");
const later = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);

describe("findCredentials", () => {
  it("finds the company by the address, whatever its case", async () => {
    const scope = await addCompany(db);
    const { id, passwordHash } = await addUser(scope, { email: "ana@mixed.test" });
    expect(await findCredentials(forDuty("sign_in"), "Ana@Mixed.TEST")).toEqual({
      companyId: scope.companyId,
      userId: id,
      passwordHash,
    });
  });

  it.each(["", "nobody@company.test", "%@mixed.test", "' or '1'='1", "a\u0000b@company.test"])(
    "finds nobody at %j",
    async (email) => {
      expect(await findCredentials(forDuty("sign_in"), email)).toBeUndefined();
    },
  );

  it("F85 finds nobody deactivated", async () => {
    const { email } = await addUser(await addCompany(db), { deactivatedAt: NOW });
    expect(await findCredentials(forDuty("sign_in"), email)).toBeUndefined();
  });
});

describe("sessions", () => {
  async function setUp(tokenHash: string) {
    const scope = await addCompany(db);
    const { id: userId } = await addUser(scope);
    await createSession(scope, { tokenHash, userId, expiresAt: later(60) });
    return { scope, userId, tokenHash };
  }

  it("last until they expire", async () => {
    const { scope, userId, tokenHash } = await setUp("a".repeat(64));
    expect(await findSessionUser(scope, tokenHash, later(59))).toMatchObject({ id: userId });
    expect(await findSessionUser(scope, tokenHash, later(60))).toBeUndefined();
    expect(await findSessionUser(scope, tokenHash, later(61))).toBeUndefined();
  });

  it("tell who it is, without the password's hash", async () => {
    const scope = await addCompany(db, "Acme");
    const { id, name, email } = await addUser(scope, { role: "admin" });
    await createSession(scope, { tokenHash: "e".repeat(64), userId: id, expiresAt: later(60) });
    expect(await findSessionUser(scope, "e".repeat(64), NOW)).toEqual({
      id,
      accounts: [],
      expiringFiles: 0,
      name,
      email,
      role: "admin",
      companyName: "Acme",
      lastUsedAt: expect.any(Date),
    });
  });

  it("F85 are worth nothing once their user is deactivated", async () => {
    const scope = await addCompany(db);
    const { id: userId } = await addUser(scope, { deactivatedAt: NOW });
    await createSession(scope, { tokenHash: "f".repeat(64), userId, expiresAt: later(60) });
    expect(await findSessionUser(scope, "f".repeat(64), NOW)).toBeUndefined();
  });

  it("last until they are deleted", async () => {
    const { scope, tokenHash } = await setUp("b".repeat(64));
    await deleteSession(scope, tokenHash);
    expect(await findSessionUser(scope, tokenHash, NOW)).toBeUndefined();
  });

  it("F89 belong to one company, for finding and for deleting", async () => {
    const { scope, userId, tokenHash } = await setUp("c".repeat(64));
    const stranger = await addCompany(db);
    expect(await findSessionUser(stranger, tokenHash, NOW)).toBeUndefined();
    await deleteSession(stranger, tokenHash);
    expect(await findSessionUser(scope, tokenHash, NOW)).toMatchObject({ id: userId });
  });

  it("F89 can't be made for another company's user", async () => {
    const { userId } = await setUp("d".repeat(64));
    const session = { tokenHash: "e".repeat(64), userId, expiresAt: later(60) };
    await expect(createSession(await addCompany(db), session)).rejects.toThrow();
  });
});
