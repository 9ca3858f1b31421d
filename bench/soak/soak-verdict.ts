import { POOL_SIZE } from "#db/config.ts";
import type { Soak } from "./soak.ts";

/**
 * What is wrong, in sentences. Every connection to a client or to WhatsApp must be gone. Those to the
 * database are the pool's, which opens them when they are needed and keeps them.
 */
export function problemsIn({ start, end, tallies }: Pick<Soak, "start" | "end" | "tallies">) {
  const problems: string[] = [];
  const most = { clients: 0, upstream: 0, database: POOL_SIZE, others: start.files.others };
  for (const kind of ["clients", "upstream", "database", "others"] as const) {
    const left = end.files[kind];
    if (left > most[kind])
      problems.push(`${kind}: ${left} descriptors are left, not ${most[kind]}.`);
  }
  if (end.streams !== 0) problems.push(`${end.streams} streams are still counted as open.`);
  for (const [kind, { wrong }] of tallies) {
    for (const [message, count] of wrong) problems.push(`${kind}: ${message} (${count} times).`);
  }
  return problems;
}
