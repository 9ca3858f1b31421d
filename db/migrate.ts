import { configFromCommandLine } from "./command-line.ts";
import { migrateDatabase } from "./migrations.server.ts";
import { openDatabase } from "./open.server.ts";

const config = configFromCommandLine();
if (config.DATABASE_URL) {
  await migrateDatabase(config.DATABASE_URL);
  console.log("PostgreSQL is up to date.");
} else {
  const { close } = await openDatabase(config);
  await close();
  console.log(`The embedded database in ${config.DATA_DIR} is up to date.`);
}
