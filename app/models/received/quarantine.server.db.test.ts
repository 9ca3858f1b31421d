import { afterAll, beforeEach, expect, it } from "vitest";
import { closeDatabase, forDuty } from "#app/process/database.server.ts";
import { webhookQuarantine } from "#db/schema.ts";
import { db } from "#db/testing/owner.ts";
import {
  countQuarantined,
  quarantine,
  quarantinedIds,
  takeQuarantined,
} from "./quarantine.server.ts";
import type { QuarantineReason } from "./quarantine-reason.ts";

beforeEach(async () => {
  await db.delete(webhookQuarantine);
});
afterAll(closeDatabase);

const entry = (reason: QuarantineReason, body: string) => ({ reason, body: Buffer.from(body) });

async function allIds(reason?: string, perPage?: number): Promise<number[]> {
  const ids: number[] = [];
  for await (const id of quarantinedIds(forDuty("webhook"), reason, perPage)) ids.push(id);
  return ids;
}

it("counts the rows of each reason; one that comes again is the same row", async () => {
  expect(await countQuarantined(forDuty("webhook"))).toEqual([]);
  const entries = [entry("no sender", "1"), entry("no sender", "2"), entry("not JSON", "1")];
  await quarantine(forDuty("webhook"), entries);
  await quarantine(forDuty("webhook"), entries);
  expect(await countQuarantined(forDuty("webhook"))).toEqual([
    { reason: "no sender", rows: 2 },
    { reason: "not JSON", rows: 1 },
  ]);
});

it("gives every id once, whatever a page holds, and leaves alone what comes meanwhile", async () => {
  await quarantine(
    db,
    Array.from({ length: 7 }, (_, index) =>
      entry(index % 2 ? "no sender" : "no recipient", `${index}`),
    ),
  );
  const all = await allIds();
  expect(all).toHaveLength(7);
  expect(all).toEqual([...all].sort((a, b) => a - b));
  for (const perPage of [1, 2, 7, 8]) expect(await allIds(undefined, perPage)).toEqual(all);
  const [odd, even] = [await allIds("no sender", 2), await allIds("no recipient", 2)];
  expect([...odd, ...even].sort((a, b) => a - b)).toEqual(all);
  expect(odd).toHaveLength(3);

  const met: number[] = [];
  for await (const id of quarantinedIds(forDuty("webhook"), undefined, 2)) {
    met.push(id);
    await quarantine(forDuty("webhook"), [entry("not JSON", `${id}`)]);
  }
  expect(met).toEqual(all);
});

it("gives a row to one taker only, as it was received", async () => {
  await quarantine(forDuty("webhook"), [{ reason: "not JSON", body: Buffer.from([0xff, 0x00]) }]);
  const [id = 0] = await allIds();
  const taken = await Promise.all([
    takeQuarantined(forDuty("webhook"), id),
    takeQuarantined(forDuty("webhook"), id),
  ]);
  const [row, ...others] = taken.filter((one) => one !== undefined);
  expect(others).toEqual([]);
  expect(row?.reason).toBe("not JSON");
  expect(Buffer.from(row?.body ?? []).toString("hex")).toBe("ff00");
});
