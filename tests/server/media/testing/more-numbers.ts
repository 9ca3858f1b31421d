import { eq } from "drizzle-orm";
import { openDatabase } from "#db/open.server.ts";
import { companies, whatsappAccounts } from "#db/schema.ts";
import type { AppOptions } from "#tests/support/app/app.ts";
import { copySeededFolder, seed } from "#tests/support/app/seed.ts";
import { temporaryFolder } from "#tests/support/app/temporary-folder.ts";

/**
 * Seeds a database for an app and gives the company Acme more WhatsApp numbers than the demo has,
 * for tests that spoil one number each.
 *
 * @returns what startApp needs to use it
 */
export async function withMoreNumbers(phoneNumberIds: string[]): Promise<AppOptions> {
  const databaseUrl = process.env.DATABASE_URL ?? "";
  const dataDir = databaseUrl ? "" : temporaryFolder();
  await (databaseUrl ? seed({ DATABASE_URL: databaseUrl }) : copySeededFolder(dataDir));
  const { forOwner, close } = await openDatabase(
    databaseUrl ? { DATABASE_URL: databaseUrl, DATA_DIR: "" } : { DATA_DIR: dataDir },
  );
  const db = forOwner();
  try {
    const [acme] = await db.select().from(companies).where(eq(companies.name, "Acme"));
    if (!acme) throw new Error("The seed has no company Acme.");
    const numbers = phoneNumberIds.map((phoneNumberId) => ({
      ...{ companyId: acme.id, phoneNumberId, name: `Number ${phoneNumberId}` },
      displayPhoneNumber: "+1 555 010 0001",
    }));
    await db.insert(whatsappAccounts).values(numbers);
  } finally {
    await close();
  }
  return { seed: false, ...(dataDir ? { dataDir } : { databaseUrl }) };
}
