import { describe, expect, it } from "vitest";
import { accountTokenChanges } from "#app/process/metrics.server.ts";
import { createTokenHealth } from "./token-health.server.ts";

const support = { companyId: 1, phoneNumberId: "106540352242922" };
const sales = { companyId: 1, phoneNumberId: "106540352242923" };
const EXPIRED = "HTTP 401, code 190/463";
const MINUTE = 60_000;

/** The accounts as any number of processes see them; each write waits until it is let through. */
function createAccounts() {
  const refused = new Map<string, string>();
  const writes: string[] = [];
  const waiting: { resolve: () => void; reject: (error: Error) => void }[] = [];
  const write = async (words: string, change: () => boolean) => {
    writes.push(words);
    await new Promise<void>((resolve, reject) => waiting.push({ resolve, reject }));
    return change();
  };

  return {
    refused,
    writes,
    async let(outcome: "through" | Error = "through") {
      const next = waiting.shift();
      if (outcome === "through") next?.resolve();
      else next?.reject(outcome);
      await new Promise(setImmediate);
    },
    flag: ({ phoneNumberId }: typeof support, reason: string) =>
      write(`flag ${phoneNumberId}`, () => {
        const isFirst = !refused.has(phoneNumberId);
        if (isFirst) refused.set(phoneNumberId, reason);
        return isFirst;
      }),
    clear: ({ phoneNumberId }: typeof support) =>
      write(`clear ${phoneNumberId}`, () => refused.delete(phoneNumberId)),
  };
}

function createProcess(accounts: ReturnType<typeof createAccounts>) {
  const logged: Record<string, unknown>[] = [];
  const keep = (entry: unknown) => void logged.push(entry as Record<string, unknown>);
  const clock = { now: 0 };
  const log = { info: keep, warn: keep, error: keep };
  const health = createTokenHealth({ ...accounts, log, now: () => clock.now });
  return { ...health, logged, clock };
}

async function changesTo(to: string): Promise<number> {
  const { values } = await accountTokenChanges.get();
  return values.find(({ labels }) => labels.to === to)?.value ?? 0;
}

const NOTED = { event: "account.token_refused", ...support, reason: EXPIRED };
const GONE = { event: "account.token_accepted", ...support };

describe("token health", () => {
  it("F30 writes once, and says so once, that a token is refused to many people at once", async () => {
    const accounts = createAccounts();
    const before = await changesTo("refused");
    const { refused, logged } = createProcess(accounts);
    for (let tap = 0; tap < 20; tap++) refused(support, EXPIRED);
    expect(logged).toEqual([]);
    await accounts.let();
    for (let tap = 0; tap < 20; tap++) refused(support, EXPIRED);
    await accounts.let();
    expect(accounts.writes).toEqual([`flag ${support.phoneNumberId}`]);
    expect(accounts.refused).toEqual(new Map([[support.phoneNumberId, EXPIRED]]));
    expect(logged).toEqual([NOTED]);
    expect(await changesTo("refused")).toBe(before + 1);
  });

  it("clears what it has flagged at the first look-up that works, and only then", async () => {
    const accounts = createAccounts();
    const before = await changesTo("accepted");
    const { refused, accepted, logged } = createProcess(accounts);
    accepted(support, false);
    expect(accounts.writes).toEqual([]);
    refused(support, EXPIRED);
    await accounts.let();
    for (let tap = 0; tap < 20; tap++) accepted(support, false);
    await accounts.let();
    // These found the file before the flag was cleared.
    for (let tap = 0; tap < 20; tap++) accepted(support, true);
    expect(accounts.writes.slice(1)).toEqual([`clear ${support.phoneNumberId}`]);
    expect(accounts.refused.size).toBe(0);
    expect(logged).toEqual([NOTED, GONE]);
    expect(await changesTo("accepted")).toBe(before + 1);
  });

  it("clears what another process has flagged, and of both one says so", async () => {
    const accounts = createAccounts();
    const [one, other] = [createProcess(accounts), createProcess(accounts)];
    one.refused(support, EXPIRED);
    other.refused(support, EXPIRED);
    await accounts.let();
    await accounts.let();
    const third = createProcess(accounts);
    third.accepted(support, true);
    await accounts.let();
    expect(accounts.refused.size).toBe(0);
    expect([one, other, third].map(({ logged }) => logged)).toEqual([[NOTED], [], [GONE]]);
  });

  it("flags again after a while what another process has cleared too early", async () => {
    const accounts = createAccounts();
    const [one, other] = [createProcess(accounts), createProcess(accounts)];
    one.refused(support, EXPIRED);
    await accounts.let();
    other.accepted(support, true);
    await accounts.let();
    one.refused(support, EXPIRED);
    expect(accounts.writes).toHaveLength(2);
    one.clock.now = MINUTE + 1;
    one.refused(support, EXPIRED);
    await accounts.let();
    expect(accounts.refused.has(support.phoneNumberId)).toBe(true);
  });

  it("lets the latest verdict win over those that came during a write", async () => {
    const accounts = createAccounts();
    const { refused, accepted } = createProcess(accounts);
    refused(support, EXPIRED);
    accepted(support, false);
    await accounts.let();
    expect(accounts.writes).toEqual([
      `flag ${support.phoneNumberId}`,
      `clear ${support.phoneNumberId}`,
    ]);
    refused(support, EXPIRED);
    await accounts.let();
    await accounts.let();
    expect(accounts.refused.has(support.phoneNumberId)).toBe(true);
    expect(accounts.writes).toHaveLength(3);
  });

  it("logs a write that fails, and tries again at the next occasion", async () => {
    const accounts = createAccounts();
    const { refused, accepted, logged } = createProcess(accounts);
    const down = new Error("The database is down.");
    refused(support, EXPIRED);
    await accounts.let(down);
    const failed = { event: "account.token_not_noted", ...support, err: down };
    expect(logged).toEqual([failed]);
    refused(support, EXPIRED);
    await accounts.let();
    accepted(support, false);
    await accounts.let(down);
    accepted(support, true);
    await accounts.let();
    expect(accounts.refused.size).toBe(0);
    expect(logged).toEqual([failed, NOTED, failed, GONE]);
  });

  it("keeps numbers and companies apart", async () => {
    const accounts = createAccounts();
    const { refused, accepted } = createProcess(accounts);
    refused(support, EXPIRED);
    refused(sales, EXPIRED);
    await accounts.let();
    await accounts.let();
    accepted({ ...support, companyId: 2 }, false);
    accepted(sales, false);
    await accounts.let();
    expect([...accounts.refused.keys()]).toEqual([support.phoneNumberId]);
  });
});
