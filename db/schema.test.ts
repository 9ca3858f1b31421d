import { readFileSync } from "node:fs";
import { generateDrizzleJson, generateMigration } from "drizzle-kit/api";
import { expect, it } from "vitest";
import config from "../drizzle.config.ts";
import * as schema from "./schema.ts";

it("is as the newest migration's snapshot has it: else run npm run db:generate", async () => {
  const read = (file: string) => JSON.parse(readFileSync(`db/migrations/meta/${file}`, "utf8"));
  const newest: string = read("_journal.json").entries.at(-1).tag;
  const snapshot = read(`${newest.slice(0, 4)}_snapshot.json`);
  const current = generateDrizzleJson(schema, snapshot.id, undefined, config.casing);
  expect(await generateMigration(snapshot, current)).toEqual([]);
});
