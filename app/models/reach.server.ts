import { and, eq, exists, type SQL, sql } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
import type { Db } from "#db/open.server.ts";
import { accountMembers } from "#db/schema.ts";

/** Who asks: an admin reaches every account of the company, an agent those they are a member of. */
export interface Reader {
  id: number;
  role: "admin" | "agent";
}

/** The SQL condition "this row's account may be seen by the reader". */
export function readerReaches(
  db: Db,
  reader: Reader,
  columns: { companyId: AnyPgColumn; accountId: AnyPgColumn },
): SQL {
  if (reader.role === "admin") return sql`true`;
  return exists(
    db
      .select({ one: sql`1` })
      .from(accountMembers)
      .where(
        and(
          eq(accountMembers.companyId, columns.companyId),
          eq(accountMembers.userId, reader.id),
          eq(accountMembers.accountId, columns.accountId),
        ),
      ),
  );
}
