import { once } from "node:events";
import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { engine } from "#app/process/database.server.ts";
import { type OpenDatabase, openDatabase } from "#db/open.server.ts";
import { accountMembers, users } from "#db/schema.ts";
import { type Cluster, startCluster } from "#db/testing/cluster.ts";
import { findServerBinaries } from "#db/testing/server.ts";
import { type EventReader, readEvents } from "#tests/server/testing/event-reader.ts";
import { type App, startApp } from "#tests/support/app/app.ts";
import { waitFor } from "#tests/support/wait.ts";

/** The seeded number that agent@acme.test is a member of. */
const FIRST_NUMBER = "106540352242922";
/** Of another company, agent@globex.test's. */
const STRANGE_NUMBER = "206540352242922";
const CHANGE = /^change \{"conversations":\[\d+\]\}$/;

const readers: EventReader[] = [];
afterEach(() => {
  for (const reader of readers.splice(0)) reader.close();
});

async function open(app: App, email: string, headers = {}) {
  const reader = await readEvents(app.url, { cookie: await app.login(email), headers });
  readers.push(reader);
  await waitFor(() => expect(reader.events).toContain("resync {}"));
  return reader;
}

/** The first stream of a process has it begin to listen, which is a second reason to resync. */
async function listens(app: App) {
  const first = await open(app, "agent@acme.test");
  await waitFor(() => expect(first.events).toHaveLength(2));
  return first;
}

const changes = ({ events }: EventReader) => events.filter((event) => CHANGE.test(event));

/** What differs between the servers has nothing to do with the database: one engine is enough. */
const servers = engine === "postgres" ? (["own", "remix-serve"] as const) : (["own"] as const);

describe.each(servers)("/events under the server %s", (server) => {
  let app: App;
  beforeAll(async () => {
    app = await startApp({ server });
    await listens(app);
  });
  afterAll(() => app?.stop());

  it("tells who may see it that a conversation has changed, and nobody else", async () => {
    const member = await open(app, "agent@acme.test");
    const stranger = await open(app, "agent@globex.test");
    await app.simulator.sendMessage({ kind: "text", to: FIRST_NUMBER });
    await waitFor(() => expect(changes(member)).toHaveLength(1));
    expect(changes(stranger)).toEqual([]);
    await app.simulator.sendMessage({ kind: "text", to: STRANGE_NUMBER });
    await waitFor(() => expect(changes(stranger)).toHaveLength(1));
    expect(changes(member)).toHaveLength(1);
  });

  it("is kept nowhere, and passes compression by", async () => {
    const { response, text } = await open(app, "agent@acme.test");
    expect(response.headers.get("content-type")).toMatch(/^text\/event-stream/);
    expect(response.headers.get("cache-control")).toBe("no-store, no-transform");
    expect(response.headers.get("content-encoding")).toBeNull();
    expect(text()).toMatch(/^retry: \d{4}$/m);
    expect(text()).toMatch(/^id: \d+$/m);
  });

  it("has whoever comes back read everything again", async () => {
    const { events } = await open(app, "agent@acme.test", { "Last-Event-ID": "7" });
    expect(events).toEqual(["resync {}"]);
  });

  it("is refused to nobody in particular with 401", async () => {
    const { response } = await readEvents(app.url);
    expect(response.status).toBe(401);
  });

  it("is refused with 503 to a person who has ten, until one of them leaves", async () => {
    const cookie = await app.login("admin@acme.test");
    const open = () => readEvents(app.url, { cookie });
    for (let i = 0; i < 10; i++) readers.push(await open());
    const refused = await open();
    expect(refused.response.status).toBe(503);
    expect(Number(refused.response.headers.get("retry-after"))).toBeGreaterThan(0);
    readers.at(-1)?.close();
    await waitFor(async () => {
      const next = await open();
      readers.push(next);
      expect(next.response.status).toBe(200);
    });
  });
});

it("F90 ends at once when the server is told to stop", async () => {
  const app = await startApp();
  try {
    const { ended } = await open(app, "agent@acme.test");
    const exited = once(app.process, "exit");
    app.process.kill("SIGTERM");
    await ended;
    expect(await exited).toEqual([0, null]);
    expect(app.logs().at(-1)).toMatchObject({ event: "server.stopped", cut: 0 });
  } finally {
    await app.stop();
  }
});

if (engine === "postgres" && findServerBinaries()) {
  describe("/events with PostgreSQL", () => {
    let cluster: Cluster;
    let app: App;
    let database: OpenDatabase;
    beforeAll(async () => {
      cluster = await startCluster();
      app = await startApp({ databaseUrl: cluster.url });
      database = await openDatabase({ DATABASE_URL: cluster.url, DATA_DIR: "unused" });
    });
    afterAll(async () => {
      await database?.close();
      await app?.stop();
      await cluster?.stop();
    });

    it("a webhook to one process reaches the streams of another", async () => {
      const { simulator } = app;
      const other = await startApp({ simulator, databaseUrl: cluster.url, seed: false });
      try {
        const reader = await listens(app);
        await simulator.sendMessage({ kind: "text", to: FIRST_NUMBER });
        await waitFor(() => expect(changes(reader)).toHaveLength(1));
        expect(other.logs()).toContainEqual(expect.objectContaining({ event: "webhook.received" }));
      } finally {
        // Not its simulator, which is the first one's.
        other.process.kill("SIGTERM");
        await once(other.process, "exit");
        simulator.setWebhookUrl(`${app.url}/webhooks/whatsapp`);
      }
    });

    it("resyncs when PostgreSQL is back from a restart, and goes on", async () => {
      const reader = await open(app, "agent@acme.test");
      await cluster.shutDown();
      await cluster.startAgain();
      await waitFor(() => expect(reader.events).toEqual(["resync {}", "resync {}"]));
      await app.simulator.sendMessage({ kind: "text", to: FIRST_NUMBER });
      await waitFor(() => expect(changes(reader)).toHaveLength(1));
    });

    it("F85 F87 a stream ends when its person signs out, is deactivated, lowered or taken off a number", async () => {
      const db = database.forOwner();
      const email = "agent@acme.test";
      const Cookie = await app.login(email);
      const signedOut = await readEvents(app.url, { cookie: Cookie });
      const people = [email, "admin@acme.test", "agent@globex.test"];
      const streams = [signedOut, ...(await Promise.all(people.map((who) => open(app, who))))];
      readers.push(signedOut);

      await fetch(`${app.url}/logout`, {
        ...{ method: "POST", headers: { Cookie, Origin: app.url }, redirect: "manual" },
      });
      const [agent] = await db.select().from(users).where(eq(users.email, email));
      await db.delete(accountMembers).where(eq(accountMembers.userId, agent?.id ?? 0));
      await db.update(users).set({ role: "agent" }).where(eq(users.email, "admin@acme.test"));
      const deactivatedAt = new Date();
      await db.update(users).set({ deactivatedAt }).where(eq(users.email, "agent@globex.test"));

      await Promise.all(streams.map(({ ended }) => ended));
      expect((await readEvents(app.url, { cookie: Cookie })).response.status).toBe(401);
    });
  });
}
