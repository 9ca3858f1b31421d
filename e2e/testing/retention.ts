import { eq } from "drizzle-orm";
import { openDatabase } from "#db/open.server.ts";
import { whatsappAccounts } from "#db/schema.ts";

/** In an embedded database that no app has open: every file of this number has expired on arrival. */
export async function keepNothing(dataDir: string, phoneNumberId: string): Promise<void> {
  const { forOwner, close } = await openDatabase({ DATA_DIR: dataDir });
  await forOwner()
    .update(whatsappAccounts)
    .set({ mediaRetentionHours: 0 })
    .where(eq(whatsappAccounts.phoneNumberId, phoneNumberId));
  await close();
}
