import { migrateDatabase } from "#db/migrations.server.ts";
import { openDatabase } from "#db/open.server.ts";
import { configFromCommandLine } from "./command-line.ts";

const config = configFromCommandLine();
if (config.DATABASE_URL) {
  await migrateDatabase(config.DATABASE_URL);
  console.log("PostgreSQL is up to date.");
} else {
  const { close } = await openDatabase(config);
  await close();
  console.log(`The embedded database in ${config.DATA_DIR} is up to date.`);
}
