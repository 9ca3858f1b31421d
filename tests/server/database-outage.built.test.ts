import { describe, expect, it } from "vitest";
import { engine } from "#app/process/database.server.ts";
import { migrateDatabase } from "#db/migrations.server.ts";
import { openDatabase } from "#db/open.server.ts";
import { startCluster } from "#db/testing/cluster.ts";
import { createDatabase } from "#db/testing/databases.ts";
import { findServerBinaries } from "#db/testing/server.ts";
import { startApp } from "#tests/support/app/app.ts";
import { addCompany } from "#tests/support/company.ts";
import { deliverAll, post } from "#tests/support/deliver-webhooks.ts";
import { expectExactlyOnce } from "#tests/support/exactly-once.ts";
import { seededRandom, testSeed } from "#tests/support/seeded-random.ts";
import { makeBurst } from "#tests/support/webhook-burst.ts";
import { PHONE_NUMBER_ID } from "#tests/support/webhooks.ts";

const random = seededRandom(testSeed("tests/server/database-outage.built.test.ts"));
const NO_DATABASE = "postgres://nobody@127.0.0.1:9/none";
const REFUSALS_PER_OUTAGE = 100;

describe("webhooks while the database is down", () => {
  it("F19 are refused with 503 by a server that stays up", async () => {
    const app = await startApp({ databaseUrl: NO_DATABASE, seed: false });
    try {
      const { bodies } = makeBurst({
        ...{ prefix: "down", messages: 50, senders: 5 },
        ...{ duplicates: 0, largestPost: 5, random },
      });
      const answers = bodies.map((body) => post(`${app.url}/webhooks/whatsapp`, body));
      expect(new Set(await Promise.all(answers))).toEqual(new Set(["503"]));
      expect((await fetch(`${app.url}/up`)).status).toBe(200);
    } finally {
      await app.stop();
    }
  });

  if (engine === "postgres" && findServerBinaries()) {
    it("F19 F91 are refused with 503, and stored once when it is back, without a restart", async () => {
      const cluster = await startCluster();
      const databaseUrl = await createDatabase(cluster.url);
      await migrateDatabase(databaseUrl);
      const { forOwner, close } = await openDatabase({
        DATABASE_URL: databaseUrl,
        DATA_DIR: "unused",
      });
      const db = forOwner();
      await addCompany(db, PHONE_NUMBER_ID);
      const app = await startApp({ databaseUrl, seed: false });
      const burst = makeBurst({
        ...{ prefix: "outage", messages: 1000, senders: 50 },
        ...{ duplicates: 0.3, largestPost: 20, random },
      });
      const outages = [0.25, 0.5, 0.75].map((share) => Math.floor(share * burst.bodies.length));
      let outage = Promise.resolve();
      let refused = 0;
      try {
        const answers = await deliverAll(burst.bodies, {
          url: `${app.url}/webhooks/whatsapp`,
          // More than the pool has, so that some wait for a connection when it is lost.
          connections: 24,
          onAnswer: (answer, { 200: stored = 0, 503: refusals = 0 }) => {
            if (answer === "200" && outages.includes(stored)) {
              refused = refusals;
              outage = outage.then(() => cluster.shutDown());
            }
            if (answer === "503" && refusals === refused + REFUSALS_PER_OUTAGE) {
              outage = outage.then(() => cluster.startAgain());
            }
          },
        });
        await outage;
        expect(Object.keys(answers).sort()).toEqual(["200", "503"]);
        expect(answers[503]).toBeGreaterThanOrEqual(outages.length * REFUSALS_PER_OUTAGE);
        await expectExactlyOnce(db, "outage", burst);
      } finally {
        await app.stop();
        await close();
        await cluster.stop();
      }
    }, 180_000);
  }
});
