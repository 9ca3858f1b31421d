import { type SQL, sql } from "drizzle-orm";
import { columnsBut, type WrittenRow } from "#db/raw-sql/written-columns.server.ts";
import { messageFiles } from "#db/schema.ts";
import type { FiledMessage } from "./filed-messages.ts";

const FILE = columnsBut(messageFiles, [
  "companyId",
  "messageId",
  "accountId",
  "createdAt",
  // Of what happens later.
  "size",
  "viewedAt",
]);

/** What is written of a file, and the message that it hangs on. */
export interface InsertedFile extends WrittenRow<typeof FILE> {
  wamid: string;
}

/**
 * The part of the statement that inserts messages (as `inserted`) which inserts the files that they
 * have beside their own: in hardly any there are such.
 */
export function insertedFiles(companyId: number, filed: readonly FiledMessage[]): SQL {
  const files: InsertedFile[] = filed.flatMap(({ message: { wamid, files } }) =>
    files.map((file) => ({ ...file, wamid })),
  );
  if (files.length === 0) return sql``;
  return sql`, files as (
    insert into ${messageFiles} (company_id, message_id, account_id, ${FILE.names})
    select ${companyId}, inserted.id, inserted.account_id, ${FILE.values("file")}
    from inserted
    join jsonb_to_recordset(${JSON.stringify(files)}::jsonb) as file (wamid text, ${FILE.definitions})
      on file.wamid = inserted.wamid
  )`;
}
