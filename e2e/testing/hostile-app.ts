import path from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { type App, startApp } from "#tests/support/app/app.ts";
import { copySeededFolder } from "#tests/support/app/seed.ts";
import { removeTemporaryFolder, temporaryFolder } from "#tests/support/app/temporary-folder.ts";

/** An app whose company, people and numbers are called `name`, too; for one test file's inbox alone. */
export async function startHostileApp(name: string): Promise<App> {
  const dataDir = temporaryFolder();
  await copySeededFolder(dataDir);
  const database = await PGlite.create(path.join(dataDir, "postgres"));
  for (const table of ["companies", "users", "whatsapp_accounts"]) {
    await database.query(`update ${table} set name = $1 || name`, [name]);
  }
  await database.close();
  const app = await startApp({ dataDir, seed: false });
  return {
    ...app,
    stop: async () => {
      const code = await app.stop();
      removeTemporaryFolder(dataDir);
      return code;
    },
  };
}
