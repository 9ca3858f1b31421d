import { and, asc, eq, ne } from "drizzle-orm";
import type { CompanyScope } from "#app/models/scope.server.ts";
import type { Db } from "#db/open.server.ts";
import { auditEvents } from "#db/schema.ts";
import { addAccount, addCompany, addUser } from "./rows.server.ts";

/** For tests: a company with an admin, and an agent who is a member of the first of its two numbers. */
export async function addOffice(db: Db) {
  const scope = await addCompany(db);
  const admin = await addUser(scope, { role: "admin" });
  const agent = await addUser(scope);
  const near = await addAccount(scope, [agent]);
  const far = await addAccount(scope);
  const actor = { actorUserId: admin.id, address: "192.0.2.7" };
  return { scope, admin, agent, near, far, actor };
}

/** For tests: what a company's audit log says besides sign-ins, the oldest first, without times and ids of its own. */
export async function auditEventsOf({ db, companyId }: CompanyScope) {
  const events = await db
    .select()
    .from(auditEvents)
    .where(and(eq(auditEvents.companyId, companyId), ne(auditEvents.kind, "session.started")))
    .orderBy(asc(auditEvents.id));
  return events.map(({ companyId: _, id: __, at: ___, ...event }) =>
    Object.fromEntries(Object.entries(event).filter(([, value]) => value !== null)),
  );
}
