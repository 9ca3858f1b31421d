import { locks } from "../advisory-locks.ts";
import type { AuditEvent } from "../audit/audit-events.server.ts";
import type { CompanyScope } from "../scope.server.ts";

/** Who makes a change: a signed-in admin, or nobody that is known, from the server's shell. */
export type Actor = Pick<AuditEvent, "actorUserId" | "address">;

/**
 * Changes a company's people, numbers and memberships in one transaction, one change of a company
 * at a time: what was checked, such as that there is another admin, still holds when it commits.
 */
export function administer<T>(
  scope: CompanyScope,
  change: (scope: CompanyScope) => Promise<T>,
): Promise<T> {
  const { companyId, db } = scope;
  return db.transaction(async (tx) => {
    await tx.execute(locks(companyId, "administration", ["all"]));
    return change({ companyId, db: tx });
  });
}
