import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import type { Db } from "#db/handles.server.ts";
import { companySetting } from "#db/roles.ts";
import { ASKS } from "./model-functions.ts";

/** Hears what a transaction asks. A place is a line of a model, "file:line". */
export interface Recorder {
  /** @returns the text that is asked in the place of this one; `place` is undefined for what no model asks */
  statement?(text: string, place: string | undefined): string;
  /** A query was begun, to be asked or to be part of another. */
  query?(place: string): void;
}

/**
 * A PostgreSQL database past row-level security, which would hide a forgotten predicate. The login
 * must be a superuser's.
 */
export class RecordedDatabase {
  readonly #client: postgres.Sql;

  constructor(url: string) {
    const connection = { TimeZone: "UTC", jit: "off", plan_cache_mode: "force_generic_plan" };
    this.#client = postgres(url, { max: 1, onnotice: () => {}, connection });
  }

  /** Work that stays. */
  keep<T>(work: (db: Db) => Promise<T>): Promise<T> {
    return this.#begin({}, work);
  }

  /** Work in a transaction of a company, that is rolled back. */
  async tryOut<T>(companyId: number, recorder: Recorder, work: (db: Db) => Promise<T>): Promise<T> {
    const done: T[] = [];
    await this.#begin(recorder, async (db) => {
      await db.execute(sql.raw(companySetting(companyId)));
      done.push(await work(db));
      throw new RolledBack();
    }).catch((error: unknown) => {
      if (!(error instanceof RolledBack)) throw error;
    });
    return done[0] as T;
  }

  close(): Promise<void> {
    return this.#client.end();
  }

  #begin<T>(recorder: Recorder, work: (db: Db) => Promise<T>): Promise<T> {
    const asker = new Asker(recorder);
    const begin = (transaction: postgres.TransactionSql) => {
      const client = recorded(transaction, this.#client.options, asker);
      const db = drizzle(client, { casing: "snake_case" }) as unknown as Db;
      return work(asker.watch(db));
    };
    return this.#client.begin(begin) as Promise<T>;
  }
}

class RolledBack extends Error {}

/** As much of a client as Drizzle asks for; a transaction in it is a savepoint. */
function recorded(
  client: postgres.TransactionSql,
  options: postgres.Sql["options"],
  asker: Asker,
): postgres.Sql {
  const savepoint = (work: (client: postgres.Sql) => Promise<unknown>) =>
    client.savepoint((inner) => work(recorded(inner, options, asker)));
  const unsafe = (text: string, parameters?: never[]) =>
    client.unsafe(asker.ask(text), parameters, { prepare: true });
  return { options, unsafe, begin: savepoint, savepoint } as unknown as postgres.Sql;
}

/** Knows which line of a model asks, from before Drizzle's own waiting cuts the stack. */
class Asker {
  readonly #recorder: Recorder;
  #place: string | undefined;

  constructor(recorder: Recorder) {
    this.#recorder = recorder;
  }

  /** The text of the statement that was begun last. */
  ask(text: string): string {
    return this.#recorder.statement?.(text, this.#place) ?? text;
  }

  watch(db: Db): Db {
    for (const name of ASKS) {
      const ask = db[name] as (...question: unknown[]) => unknown;
      const watched = (...question: unknown[]) => {
        this.#place = placeIn(new Error().stack ?? "");
        if (this.#place) this.#recorder.query?.(this.#place);
        return ask.apply(db, question);
      };
      Object.assign(db, { [name]: watched });
    }
    const { transaction } = db;
    db.transaction = (work) =>
      transaction.call(db, (tx) => work(this.watch(tx) as typeof tx)) as ReturnType<typeof work>;
    return db;
  }
}

function placeIn(stack: string): string | undefined {
  const frames = stack.matchAll(/app\/models\/([\w./-]+\.server\.ts)[^:\n]*:(\d+):\d+/g);
  const [[, file, line] = []] = frames;
  return file && `${file}:${line}`;
}
