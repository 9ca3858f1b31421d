import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeDatabase, engine } from "#app/process/database.server.ts";
import { type Db, openDatabase } from "#db/open.server.ts";
import { db } from "#db/testing/owner.ts";
import { type DatabaseProxy, startDatabaseProxy } from "#db/testing/proxy.ts";
import { copySeededFolder } from "#tests/support/app/seed.ts";
import { removeTemporaryFolder, temporaryFolder } from "#tests/support/app/temporary-folder.ts";
import { addCompany } from "#tests/support/company.ts";
import { deliverAll, post } from "#tests/support/deliver-webhooks.ts";
import { expectExactlyOnce, storedMessages } from "#tests/support/exactly-once.ts";
import { integer, seededRandom, testSeed } from "#tests/support/seeded-random.ts";
import { type Burst, makeBurst } from "#tests/support/webhook-burst.ts";
import { PHONE_NUMBER_ID } from "#tests/support/webhooks.ts";
import { type ServerToKill, startServerToKill } from "../testing/server-to-kill.ts";

const random = seededRandom(testSeed("tests/server/database/durability.built.test.ts"));
const databaseUrl = process.env.DATABASE_URL ?? "";
const dataDir = temporaryFolder();
/** Set by each transaction that a webhook's messages are written in. */
const OF_A_COMPANY = "tapview.company_id";

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
  });

  if (engine === "postgres") {
    it("F20 at any answer of the database, before and after the commit, are stored once when they are sent again", async () => {
      const proxy = await startDatabaseProxy(databaseUrl);
      const server = await startServerToKill({ databaseUrl: proxy.url });
      try {
        const { commands } = await killAtAnswer(Number.POSITIVE_INFINITY, server, proxy);
        const committed: boolean[] = [];
        for (const point of commands.keys()) {
          const killed = await killAtAnswer(point, server, proxy);
          expect(killed.commands).toEqual(commands.slice(0, point + 1));
          committed.push(killed.committed);
        }
        // None before the commit, and all from its answer on.
        const commit = committed.indexOf(true);
        expect(commands[commit]).toBe("COMMIT");
        expect(committed).toEqual(commands.map((_, point) => point >= commit));
      } finally {
        await server.stop();
        await proxy.close();
      }
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
 * Sends an album from a new contact, and kills the server when the database has done the command
 * of that index for it, before the server learns that. Then the album is sent again.
 *
 * @returns the commands that the database did for the album, and whether it was committed when the
 *   server was gone
 */
async function killAtAnswer(
  point: number,
  server: ServerToKill,
  proxy: DatabaseProxy,
): Promise<{ commands: string[]; committed: boolean }> {
  const url = server.webhooks;
  const prefix = `point${point}`;
  const sender = Number.isFinite(point) ? point : 999;
  // One from somebody else first: a server that has begun anew asks for more than the next ones.
  await deliverAll(album(`before-${prefix}`, 15550101000 + sender).bodies, { url });
  const burst = album(prefix, 15550102000 + sender);
  const commands: string[] = [];
  let restarted: Promise<void> | undefined;
  proxy.passes = ({ command, asked }) => {
    // Not those of a server's beginning. BEGIN may be done before its connection says for whom.
    if (!asked.includes(OF_A_COMPANY) || command === "BEGIN") return true;
    const isLast = commands.push(command) > point;
    if (isLast) restarted = server.killAndRestart();
    return !isLast;
  };
  const answer = await post(url, burst.bodies[0] ?? "");
  proxy.passes = () => true;
  const stored = await storedMessages(db, prefix);
  await restarted;
  if (restarted) await deliverAll(burst.bodies, { url });
  await expectExactlyOnce(db, prefix, burst);
  expect(answer === "200").toBe(!restarted);
  expect([0, burst.senders.size]).toContain(stored.length);
  return { commands, committed: stored.length > 0 };
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
