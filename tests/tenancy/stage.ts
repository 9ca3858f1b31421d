import { getTableName, is, type SQL, sql } from "drizzle-orm";
import { PgTable } from "drizzle-orm/pg-core";
import type { Db } from "#db/handles.server.ts";
import { rows } from "#db/raw-sql/rows.server.ts";
import * as schema from "#db/schema.ts";
import { loadFixtures } from "./fixtures.ts";
import { RecordedDatabase, type Recorder } from "./recorded-database.ts";
import { type Scenario, worldOf } from "./scenario.ts";
import { COMPANY, otherSide, type Side } from "./sides.ts";

export interface Outcome {
  /** What the scenario gave, how many queries it began, and the rows of its company after it: as text, to be compared. */
  ours: string;
  /** Rows of the other company that it wrote or locked. */
  touched: string[];
}

/** What is added gets ids that no fixture has. */
const FIRST_NEW_ID = 1_000;
const SHARED = ["rate_limits", "webhook_quarantine"];
const tables: PgTable[] = Object.values(schema)
  .filter((value) => is(value, PgTable))
  .filter((table) => !SHARED.includes(getTableName(table)));

/** A database with one company or with both, in which scenarios are played. */
export class Stage {
  readonly #database: RecordedDatabase;

  /** @param url a migrated database of its own, with a superuser's login */
  constructor(url: string) {
    this.#database = new RecordedDatabase(url);
  }

  /** Loads the fixtures of these companies, and removes all others. */
  async load(sides: readonly Side[]): Promise<void> {
    await this.#database.keep(async (db) => {
      await db.execute(sql`truncate ${sql.join(tables, sql`, `)} cascade`);
      for (const side of sides) await loadFixtures(db, side);
    });
  }

  /** Plays a scenario as one of the companies. What it wrote is taken back. @throws what it throws */
  play(side: Side, scenario: Scenario, recorder: Recorder = {}): Promise<Outcome> {
    const companyId = COMPANY[side];
    let asked = 0;
    const counting: Recorder = {
      ...recorder,
      query: (place) => {
        asked++;
        recorder.query?.(place);
      },
    };
    return this.#database.tryOut(companyId, counting, async (db) => {
      await db.execute(restartIds);
      const before = new Set(await versionsOf(db, otherSide(side)));
      const given = await scenario(worldOf({ companyId, db }, side));
      const after = await versionsOf(db, otherSide(side));
      const touched = after.filter((row) => !before.delete(row));
      const ours = JSON.stringify([given, asked, await rowsOf(db, side)], null, 1);
      return { ours: withoutNow(ours), touched: [...touched, ...before] };
    });
  }

  close(): Promise<void> {
    return this.#database.close();
  }
}

const restartIds = sql`
  select setval(pg_get_serial_sequence(quote_ident(table_name), column_name), ${FIRST_NEW_ID}, false)
  from information_schema.columns where table_schema = 'public' and is_identity = 'YES'`;

const rowsOf = (db: Db, side: Side) => look(db, side, sql``);
/** A row has another version after each write and each lock. */
const versionsOf = (db: Db, side: Side) => look(db, side, sql`t.xmin || ' ' || t.xmax || ' ' ||`);

async function look(db: Db, side: Side, version: SQL): Promise<string[]> {
  const each = tables.map((table) => {
    const company = sql.raw(table === schema.companies ? "id" : "company_id");
    const name = sql.raw(`'${getTableName(table)} '`);
    return sql`select ${name} || ${version} to_jsonb(t)::text as row from ${table} t
      where t.${company} = ${COMPANY[side]}`;
  });
  const query = sql`${sql.join(each, sql` union all `)} order by 1`;
  return ((await rows(db, query)) as { row: string }[]).map(({ row }) => row);
}

const TIME = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)/g;
const AROUND_MS = 3_600_000;

/** Two plays of one scenario write the time of now at different times. */
function withoutNow(text: string): string {
  return text.replace(TIME, (time) =>
    Math.abs(Date.parse(time) - Date.now()) < AROUND_MS ? "now" : time,
  );
}
