import { sql } from "drizzle-orm";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { closeDatabase } from "#app/process/database.server.ts";
import { rateLimits } from "#db/schema.ts";
import { db } from "#db/testing/owner.ts";
import { countGuess, type Guess } from "./sign-in-throttle.server.ts";
import { ThrottledError } from "./throttle.server.ts";

beforeEach(() => db.delete(rateLimits));
afterAll(closeDatabase);

const ANA: Guess = { email: "ana@company.test", address: "203.0.113.1", device: undefined };
const from = (host: number) => `198.51.${Math.floor(host / 250)}.${1 + (host % 250)}`;

/** Guesses wrong, one after another. @returns how many of them were admitted */
async function guess(count: number, guessOf: (index: number) => Guess): Promise<number> {
  let admitted = 0;
  for (let index = 0; index < count; index += 1) {
    if (await isAdmitted(guessOf(index))) admitted += 1;
  }
  return admitted;
}

async function isAdmitted(guess: Guess): Promise<boolean> {
  const refusal: unknown = await countGuess(guess).catch((error: unknown) => error);
  if (refusal instanceof Error && !(refusal instanceof ThrottledError)) throw refusal;
  return !(refusal instanceof ThrottledError);
}

async function refusalOf(guess: Guess): Promise<ThrottledError> {
  const refusal: unknown = await countGuess(guess).catch((error: unknown) => error);
  if (refusal instanceof ThrottledError) return refusal;
  throw new Error("The guess was admitted.");
}

describe("F81 a hundred wrong passwords", () => {
  it("of one account from one address are ten, and its owner gets in from anywhere else", async () => {
    expect(await guess(100, () => ANA)).toBe(10);
    expect(await isAdmitted({ ...ANA, address: "203.0.113.2" })).toBe(true);
    expect(await isAdmitted({ ...ANA, device: "known" })).toBe(true);
    expect(await isAdmitted({ ...ANA, email: "bea@company.test" })).toBe(true);
  });

  it("of more accounts from one address are a hundred", async () => {
    const email = (index: number) => `person${index}@company.test`;
    expect(await guess(150, (index) => ({ ...ANA, email: email(index) }))).toBe(100);
    expect(await isAdmitted({ ...ANA, email: "bea@company.test", device: "known" })).toBe(true);
  });

  it("of one account from a hundred addresses leave room for its owner; twenty more leave known browsers", async () => {
    expect(await guess(100, (index) => ({ ...ANA, address: from(index) }))).toBe(100);
    expect(await isAdmitted(ANA)).toBe(true);
    expect(await guess(100, (index) => ({ ...ANA, address: from(100 + index) }))).toBe(19);
    expect(await isAdmitted(ANA)).toBe(false);
    expect(await isAdmitted({ ...ANA, device: "known" })).toBe(true);
  });

  it("in a known browser are ten", async () => {
    expect(await guess(100, () => ({ ...ANA, device: "known" }))).toBe(10);
  });

  it("at once are as many as one after another", async () => {
    const admitted = await Promise.all(Array.from({ length: 100 }, () => isAdmitted(ANA)));
    expect(admitted.filter(Boolean)).toHaveLength(10);
  });

  it("from one network of IPv6 are from one address", async () => {
    const address = (index: number) => `2001:db8:1:2:${index.toString(16)}::1`;
    expect(await guess(100, (index) => ({ ...ANA, address: address(index) }))).toBe(10);
    expect(await isAdmitted({ ...ANA, address: "2001:db8:1:3::1" })).toBe(true);
  });

  it("without an address count for the account alone", async () => {
    expect(await guess(130, () => ({ ...ANA, address: "" }))).toBe(120);
    expect(await isAdmitted({ ...ANA, email: "bea@company.test", address: "" })).toBe(true);
  });
});

describe("a refused guess", () => {
  it("says how long to wait, and makes it no longer", async () => {
    await guess(10, () => ANA);
    const first = await refusalOf(ANA);
    expect(first.seconds).toBeGreaterThan(890);
    expect(first.seconds).toBeLessThanOrEqual(900);
    await db.update(rateLimits).set({ expire: new Date(Date.now() + 30_000) });
    expect((await refusalOf(ANA)).seconds).toBeLessThanOrEqual(30);
    expect((await refusalOf(ANA)).seconds).toBeLessThanOrEqual(30);
    await db.update(rateLimits).set({ expire: new Date(Date.now() - 1) });
    expect(await isAdmitted(ANA)).toBe(true);
  });

  it("says once that it is the first", async () => {
    await guess(10, () => ANA);
    const refusals = [await refusalOf(ANA), await refusalOf(ANA), await refusalOf(ANA)];
    expect(refusals.map(({ isFirst }) => isFirst)).toEqual([true, false, false]);
  });

  it("counts for nothing but the limit that it met", async () => {
    expect(await guess(100, () => ANA)).toBe(10);
    const email = (index: number) => `person${index}@company.test`;
    expect(await guess(150, (index) => ({ ...ANA, email: email(index) }))).toBe(90);
  });
});

describe("a right password", () => {
  it("doesn't count, and lets its owner begin anew", async () => {
    await guess(9, () => ANA);
    await (await countGuess(ANA))();
    expect(await guess(11, () => ANA)).toBe(10);
  });

  it("gives nobody another go at other people's passwords", async () => {
    const email = (index: number) => `person${index}@company.test`;
    expect(await guess(99, (index) => ({ ...ANA, email: email(index) }))).toBe(99);
    await (await countGuess(ANA))();
    expect(await guess(9, (index) => ({ ...ANA, email: email(100 + index) }))).toBe(1);
  });
});

it("keeps neither e-mail addresses nor IP addresses", async () => {
  await countGuess(ANA);
  await countGuess({ ...ANA, device: "known" });
  const rows = await db.select().from(rateLimits);
  expect(rows.map(({ key }) => key.replace(/:[\w-]{43}$/, "")).sort()).toEqual([
    "account",
    "device",
    "network",
    "pair",
  ]);
});

it("fails closed: without its counts, nothing is admitted", async () => {
  await db.execute(sql`alter table rate_limits rename to rate_limits_away`);
  try {
    await expect(countGuess(ANA)).rejects.toThrow("Failed query");
  } finally {
    await db.execute(sql`alter table rate_limits_away rename to rate_limits`);
  }
});
