import { locks } from "../advisory-locks.ts";
import type { CompanyScope } from "../scope.server.ts";
import { type AuditEvent, recordAuditEvent } from "./audit-events.server.ts";

/** Who makes a change: a signed-in admin, or nobody that is known, from the server's shell. */
export type Actor = Pick<AuditEvent, "actorUserId" | "address">;

/** Writes down what a change did, in its transaction and with its actor. */
export type RecordChange = (event: Omit<AuditEvent, keyof Actor>) => Promise<void>;

/**
 * Changes a company's people, numbers and memberships in one transaction, one change of a company
 * at a time: what was checked, such as that there is another admin, still holds when it commits.
 *
 * @param change records each thing that it changed
 */
export function administer<T>(
  scope: CompanyScope,
  actor: Actor,
  change: (scope: CompanyScope, record: RecordChange) => Promise<T>,
): Promise<T> {
  const { companyId, db } = scope;
  return db.transaction(async (tx) => {
    await tx.execute(locks(companyId, "administration", ["all"]));
    const inside = { companyId, db: tx };
    return change(inside, (event) => recordAuditEvent(inside, { ...event, ...actor }));
  });
}
