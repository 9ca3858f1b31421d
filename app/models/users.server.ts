import { and, eq, isNull } from "drizzle-orm";
import type { Db } from "#db/open.server.ts";
import { companies, users } from "#db/schema.ts";
import type { CompanyScope } from "./scope.server.ts";

export interface User {
  id: number;
  name: string;
  email: string;
  role: "admin" | "agent";
  companyName: string;
}

/** @returns the user, or undefined when unknown in this company or deactivated */
export async function findActiveUser(
  { db, companyId }: CompanyScope,
  userId: number,
): Promise<User | undefined> {
  const [user] = await db
    .select({
      id: users.id,
      name: users.name,
      email: users.email,
      role: users.role,
      companyName: companies.name,
    })
    .from(users)
    .innerJoin(companies, eq(companies.id, users.companyId))
    .where(and(eq(users.companyId, companyId), eq(users.id, userId), isNull(users.deactivatedAt)));
  return user;
}

/**
 * For sign-in only, the one place where the company is not known yet: the e-mail address, unique
 * in the installation, is how it is found.
 */
export async function findCredentials(
  db: Db,
  email: string,
): Promise<{ companyId: number; userId: number; passwordHash: string } | undefined> {
  // PostgreSQL has no NUL in text: asking for one is an error, not an empty answer.
  if (email.includes("\0")) return undefined;
  const [user] = await db
    .select({ companyId: users.companyId, userId: users.id, passwordHash: users.passwordHash })
    .from(users)
    .where(and(eq(users.email, email.toLowerCase()), isNull(users.deactivatedAt)));
  return user;
}
