import { and, eq, isNull, sql } from "drizzle-orm";
import type { Db } from "#db/open.server.ts";
import { users } from "#db/schema.ts";
import type { Role } from "../role.ts";

export interface User {
  id: number;
  name: string;
  email: string;
  role: Role;
  companyName: string;
}

/**
 * For sign-in only, the one place where the company is not known yet: the e-mail address, unique
 * in the installation, is how it is found.
 *
 * @param db of the duty "sign_in"
 */
export async function findCredentials(
  db: Db,
  email: string,
): Promise<{ companyId: number; userId: number; passwordHash: string | null } | undefined> {
  // PostgreSQL has no NUL in text: asking for one is an error, not an empty answer.
  if (email.includes("\0")) return undefined;
  const address = email.toLowerCase();
  return db.transaction(async (tx) => {
    // The role of sign-in sees no other person than this one.
    await tx.execute(sql`select set_config('tapview.email', ${address}, true)`);
    const [user] = await tx
      .select({ companyId: users.companyId, userId: users.id, passwordHash: users.passwordHash })
      .from(users)
      .where(and(eq(users.email, address), isNull(users.deactivatedAt)));
    return user;
  });
}
