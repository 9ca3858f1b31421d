import { sql } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { engine } from "#app/process/database.server.ts";
import { migrateDatabase } from "#db/migrations.server.ts";
import { type OpenDatabase, openDatabase } from "#db/open.server.ts";
import { startCluster } from "#db/testing/cluster.ts";
import { findServerBinaries } from "#db/testing/server.ts";
import { waitFor } from "#tests/support/wait.ts";
import type { StopListening } from "./listener.server.ts";

let database: OpenDatabase;
let stop: StopListening;
let heard: string[];
let onListening: () => void;

async function open(databaseUrl = process.env.DATABASE_URL) {
  database = await openDatabase({ DATABASE_URL: databaseUrl, DATA_DIR: "memory://" });
  heard = [];
  onListening = vi.fn();
  const onNotification = (payload: string) => void heard.push(payload);
  stop = database.listen("inbox", { onNotification, onListening });
}

const notify = (payload: string) => database.db.execute(sql`select pg_notify('inbox', ${payload})`);

describe("a listener", () => {
  beforeEach(async () => {
    await open();
    await waitFor(() => expect(onListening).toHaveBeenCalledTimes(1));
  });
  afterEach(() => database.close());

  it("hears what is notified on its channel, and no other, until it is stopped", async () => {
    await notify("first");
    await database.db.execute(sql`select pg_notify('other', 'elsewhere')`);
    await notify("second");
    await waitFor(() => expect(heard).toEqual(["first", "second"]));
    await stop();
    await notify("third");
    await database.db.execute(sql`select 1`);
    expect(heard).toEqual(["first", "second"]);
  });

  it("goes on hearing when it begins again before it has stopped", async () => {
    const onNotification = (payload: string) => void heard.push(payload);
    const again = vi.fn();
    await stop();
    const first = database.listen("inbox", { onNotification, onListening: () => {} });
    const ended = first();
    stop = database.listen("inbox", { onNotification, onListening: again });
    await ended;
    await waitFor(() => expect(again).toHaveBeenCalled());
    await notify("still there");
    await waitFor(() => expect(heard).toEqual(["still there"]));
  });

  it("hears nothing of a transaction that is rolled back", async () => {
    await database.db
      .transaction(async (tx) => {
        await tx.execute(sql`select pg_notify('inbox', 'undone')`);
        throw new Error("No more.");
      })
      .catch(() => {});
    await notify("done");
    await waitFor(() => expect(heard).toEqual(["done"]));
  });

  if (engine === "postgres") {
    it("F91 listens again after its connection is lost, and says so", async () => {
      await database.forOwner().execute(
        sql`select pg_terminate_backend(pid) from pg_stat_activity
          where application_name = 'tapview listener' and datname = current_database()`,
      );
      await waitFor(() => expect(onListening).toHaveBeenCalledTimes(2));
      await notify("again");
      await waitFor(() => expect(heard).toEqual(["again"]));
    });
  }
});

if (engine === "postgres" && findServerBinaries()) {
  it("F91 listens as soon as a PostgreSQL that was down, at first or later, is up", async () => {
    const cluster = await startCluster();
    try {
      await cluster.shutDown();
      await open(cluster.url);
      await cluster.startAgain();
      await waitFor(() => expect(onListening).toHaveBeenCalledTimes(1));
      await migrateDatabase(cluster.url);
      await cluster.shutDown();
      await cluster.startAgain();
      await waitFor(() => expect(onListening).toHaveBeenCalledTimes(2));
      await waitFor(() => notify("up"));
      await waitFor(() => expect(heard).toEqual(["up"]));
    } finally {
      await database.close();
      await cluster.stop();
    }
  });
}
