import { afterAll, beforeAll, expect, it } from "vitest";
import { closeDatabase, engine, forDuty } from "#app/process/database.server.ts";
import { db } from "#db/testing/owner.ts";
import { addCompany } from "#tests/support/company.ts";
import { testSeed } from "#tests/support/seeded-random.ts";
import { PHONE_NUMBER_ID } from "#tests/support/webhooks.ts";
import { receiveMutations } from "./testing/mutations.ts";

/** The embedded engine takes longer, and shares all code but the driver. */
const PAYLOADS = engine === "postgres" ? 100_000 : 5_000;

beforeAll(() => addCompany(db, PHONE_NUMBER_ID));
afterAll(closeDatabase);

it(`F9 F10 F18 ${PAYLOADS.toLocaleString("en")} mutated payloads are all answered with 200, and spoil none of the healthy messages beside them`, async () => {
  const seed = testSeed("app/whatsapp/webhook/mutations.db.test.ts");
  const outcome = await receiveMutations({
    db,
    webhooks: forDuty("webhook"),
    payloads: PAYLOADS,
    seed,
    concurrency: 4,
  });
  const { failures, missing, listedWithoutMessage } = outcome;
  expect({ failures, missing, listedWithoutMessage }).toEqual({
    failures: [],
    missing: [],
    listedWithoutMessage: 0,
  });
}, 300_000);
