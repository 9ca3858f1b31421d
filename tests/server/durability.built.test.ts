import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeDatabase, engine } from "#app/process/database.server.ts";
import { type Burst, makeBurst } from "#app/whatsapp/ingest/testing/burst.ts";
import { deliverAll, post } from "#app/whatsapp/ingest/testing/deliver.ts";
import { expectExactlyOnce, storedMessages } from "#app/whatsapp/ingest/testing/exactly-once.ts";
import { type Db, openDatabase } from "#db/open.server.ts";
import { db } from "#db/testing/owner.ts";
import { type DatabaseProxy, startDatabaseProxy } from "#db/testing/proxy.ts";
import { copySeededFolder } from "#tests/support/app/seed.ts";
import { removeTemporaryFolder, temporaryFolder } from "#tests/support/app/temporary-folder.ts";
import { addCompany } from "#tests/support/company.ts";
import { integer, seededRandom, testSeed } from "#tests/support/seeded-random.ts";
import { PHONE_NUMBER_ID } from "#tests/support/webhooks.ts";
import { type ServerToKill, startServerToKill } from "./testing/server-to-kill.ts";

const random = seededRandom(testSeed("tests/server/durability.built.test.ts"));
const databaseUrl = process.env.DATABASE_URL ?? "";
const dataDir = temporaryFolder();

beforeAll(async () => {
  if (engine === "postgres") await addCompany(db, PHONE_NUMBER_ID);
  else await copySeededFolder(dataDir);
});
afterAll(async () => {
  removeTemporaryFolder(dataDir);
  await closeDatabase();
});

describe("webhooks of a server that is killed", () => {
  it("F20 in mid-burst, at random points, are stored once when they are sent again", async () => {
    const burst = makeBurst({
      ...{ prefix: "killed", messages: 600, senders: 60 },
      ...{ duplicates: 0.1, largestPost: 20, random },
    });
    const server = await startServerToKill(engine === "postgres" ? { databaseUrl } : { dataDir });
    try {
      await deliverWithKills(server, burst.bodies, 3);
      // As if each kill had come after the commit and before the 200.
      await deliverAll(burst.bodies, { url: server.webhooks });
    } finally {
      await server.stop();
    }
    await withStored((stored) => expectExactlyOnce(stored, "killed", burst));
  }, 120_000);

  if (engine === "postgres") {
    it("F20 at any answer of the database, before and after the commit, are stored once when they are sent again", async () => {
      const proxy = await startDatabaseProxy(databaseUrl);
      const server = await startServerToKill({ databaseUrl: proxy.url });
      const committed: boolean[] = [];
      try {
        // A query that its connection has not prepared yet gets more answers: which one it meets
        // differs from time to time.
        for (let point = 1, beyond = 0; beyond < 3; point++) {
          const wasCommitted = await killAtAnswer(point, server, proxy);
          if (wasCommitted === undefined) beyond += 1;
          else committed.push(wasCommitted);
        }
      } finally {
        await server.stop();
        await proxy.close();
      }
      expect(new Set(committed)).toEqual(new Set([false, true]));
    }, 180_000);

    it("F22 in a flood of 10,000 messages, shuffled, 30 % of them twice, lose and double none", async () => {
      const burst = makeBurst({
        ...{ prefix: "flood", messages: 10_000, senders: 500 },
        ...{ duplicates: 0.3, largestPost: 1000, random },
      });
      const server = await startServerToKill({ databaseUrl });
      try {
        await deliverWithKills(server, burst.bodies, 3);
      } finally {
        await server.stop();
      }
      await expectExactlyOnce(db, "flood", burst);
    }, 180_000);
  }
});

/** Kills the server at random counts of acknowledged POSTs, while others are under way. */
async function deliverWithKills(server: ServerToKill, bodies: string[], kills: number) {
  const part = Math.floor(bodies.length / (kills + 1));
  const points = Array.from(
    { length: kills },
    (_, kill) => 1 + part * kill + integer(random, part),
  );
  const restarts: Promise<void>[] = [];
  const answers = await deliverAll(bodies, {
    url: server.webhooks,
    onAnswer: (answer, { [answer]: count = 0 }) => {
      if (answer === "200" && points.includes(count)) restarts.push(server.killAndRestart());
    },
  });
  await Promise.all(restarts);
  expect(restarts).toHaveLength(kills);
  expect(answers[200]).toBe(bodies.length);
  const { UND_ERR_SOCKET = 0, ECONNRESET = 0 } = answers;
  expect(UND_ERR_SOCKET + ECONNRESET, JSON.stringify(answers)).toBeGreaterThan(0);
}

/**
 * Sends an album from a new contact and kills the server when the database has given so many
 * answers to it, before the server learns the last one. Then the album is sent again.
 *
 * @returns whether the album was committed before; undefined when there were fewer answers
 */
async function killAtAnswer(
  point: number,
  server: ServerToKill,
  proxy: DatabaseProxy,
): Promise<boolean | undefined> {
  const url = server.webhooks;
  const prefix = `point${point}`;
  // One from somebody else first opens the connections.
  await deliverAll(album(`before-${prefix}`, 15550101000 + point).bodies, { url });
  const burst = album(prefix, 15550102000 + point);
  let answers = 0;
  let restarted: Promise<void> | undefined;
  proxy.passes = () => {
    answers += 1;
    if (answers === point) restarted = server.killAndRestart();
    return answers < point;
  };
  const answer = await post(url, burst.bodies[0] ?? "");
  proxy.passes = () => true;
  const stored = await storedMessages(db, prefix);
  await restarted;
  if (restarted) await deliverAll(burst.bodies, { url });
  await expectExactlyOnce(db, prefix, burst);
  expect(answer === "200").toBe(!restarted);
  expect([0, burst.senders.size]).toContain(stored.length);
  return restarted && stored.length > 0;
}

/** Three messages from one person in one POST. */
function album(prefix: string, firstSender: number): Burst {
  const size = { messages: 3, senders: 1, duplicates: 0, largestPost: 3 };
  return makeBurst({ prefix, firstSender, ...size, random });
}

async function withStored(work: (stored: Db) => Promise<void>): Promise<void> {
  if (engine === "postgres") return work(db);
  const opened = await openDatabase({ DATA_DIR: dataDir });
  try {
    await work(opened.forOwner());
  } finally {
    await opened.close();
  }
}
