import { rows } from "#db/raw-sql/rows.server.ts";
import { locks } from "../advisory-locks.ts";
import type { CompanyScope } from "../scope.server.ts";
import { type Identity, identityKey } from "./identities.ts";

/** Until the transaction ends, no other one makes or moves contacts under these identities. */
export async function lockIdentities(
  { db, companyId }: CompanyScope,
  identities: readonly Identity[],
): Promise<void> {
  await rows(db, locks(companyId, "identities", identities.map(identityKey)));
}
