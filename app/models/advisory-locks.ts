import { crc32 } from "node:zlib";
import { type SQL, sql } from "drizzle-orm";

/** Locks of a company that the keys of an area share: a batch may have a thousand of them. */
const LOCKS = 64;

/** What a transaction can have to itself, before its rows are there to be locked. */
const AREAS = { identities: 0, messages: 1, administration: 2 };

/** A query that takes locks until the transaction ends, in one order for all: none waits in a circle. */
export function locks(companyId: number, area: keyof typeof AREAS, keys: readonly string[]): SQL {
  const buckets = new Set(keys.map((key) => AREAS[area] * LOCKS + (crc32(key) % LOCKS)));
  const inOrder = JSON.stringify([...buckets].sort((a, b) => a - b));
  return sql`
    select pg_advisory_xact_lock((${companyId}::bigint % 2147483647)::int, bucket::int)
    from jsonb_array_elements_text(${inOrder}::jsonb) as locks (bucket)`;
}
