import { afterAll, beforeAll, expect, it } from "vitest";
import { closeDatabase, engine, forDuty } from "#app/process/database.server.ts";
import { db } from "#db/testing/owner.ts";
import { addCompany } from "#tests/support/company.ts";
import { PHONE_NUMBER_ID } from "#tests/support/webhooks.ts";
import { receiveMutations } from "./testing/mutations.ts";

/**
 * The same ones each time; `npm run bench -- mutations` tries a million others. The embedded engine
 * takes longer, and shares all code but the driver.
 */
const PAYLOADS = engine === "postgres" ? 10_000 : 2_000;
const SEED = Number(process.env.TEST_SEED || 13);

beforeAll(() => addCompany(db, PHONE_NUMBER_ID));
afterAll(closeDatabase);

it(`F9 F10 F18 ${PAYLOADS.toLocaleString("en")} mutated payloads are all answered with 200, and spoil none of the healthy messages beside them`, async () => {
  const outcome = await receiveMutations({
    db,
    webhooks: forDuty("webhook"),
    payloads: PAYLOADS,
    seed: SEED,
    concurrency: 4,
  });
  const { failures, missing, listedWithoutMessage } = outcome;
  expect({ failures, missing, listedWithoutMessage }).toEqual({
    failures: [],
    missing: [],
    listedWithoutMessage: 0,
  });
}, 300_000);
