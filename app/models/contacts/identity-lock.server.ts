import { crc32 } from "node:zlib";
import { type SQL, sql } from "drizzle-orm";
import { rows } from "#db/rows.server.ts";
import type { CompanyScope } from "../scope.server.ts";
import { type Identity, identityKey } from "./identities.ts";

/** Locks of a company that its identities share: a batch may name a thousand people. */
const LOCKS = 64;

/**
 * Until the transaction ends, no other one makes or moves contacts under these identities.
 */
export async function lockIdentities(
  { db, companyId }: CompanyScope,
  identities: readonly Identity[],
): Promise<void> {
  await rows(db, locks(companyId, identities));
}

/** A query that takes the locks, in one order for all, so that none waits in a circle. */
export function locks(companyId: number, identities: readonly Identity[]): SQL {
  const buckets = new Set(identities.map((identity) => crc32(identityKey(identity)) % LOCKS));
  const inOrder = JSON.stringify([...buckets].sort((a, b) => a - b));
  return sql`
    select pg_advisory_xact_lock((${companyId}::bigint % 2147483647)::int, bucket::int)
    from jsonb_array_elements_text(${inOrder}::jsonb) as locks (bucket)`;
}
