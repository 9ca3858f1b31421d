import { asc, eq, sql } from "drizzle-orm";
import { users } from "#db/schema.ts";
import type { CompanyScope } from "../scope.server.ts";

export interface AuditFilterPerson {
  id: number;
  name: string;
  isActive: boolean;
}

/** Everybody of the company by name, also who was deactivated: what they did stays in the audit log. */
export function listAuditPeople({ db, companyId }: CompanyScope): Promise<AuditFilterPerson[]> {
  return db
    .select({
      id: users.id,
      name: users.name,
      isActive: sql<boolean>`${users.deactivatedAt} is null`,
    })
    .from(users)
    .where(eq(users.companyId, companyId))
    .orderBy(asc(users.name), asc(users.id));
}
