import type { Mutant } from "./mutants.ts";

/** A predicate whose absence nothing shows, because something else says the same. */
interface Equivalent {
  file: string;
  /** The end of its context. */
  predicate: string;
  because: string;
}

export const EQUIVALENTS: readonly Equivalent[] = [
  {
    file: "sessions/session-reach.server.ts",
    predicate: 'from "messages" m where m.company_id = a.company_id',
    because: "it counts expiring files, and of the accounts this statement takes the ids only",
  },
  {
    file: "sessions/session-reach.server.ts",
    predicate: 'join "messages" m on m.company_id = form.company_id',
    because: "the same of the files of forms",
  },
  {
    file: "sessions/session-reach.server.ts",
    predicate: "where form.company_id = a.company_id",
    because: "the same of the files of forms",
  },
  {
    file: "inbox/unopened-files.server.ts",
    predicate: "join a on a.company_id = m.company_id",
    because:
      "`a` holds the company's accounts only, and the next condition names the company again",
  },
  {
    file: "inbox/unopened-files.server.ts",
    predicate: "where m.company_id = $::bigint",
    because:
      "the join before it, with the company's accounts, says the same; this one finds the index",
  },
  {
    file: "search/search.server.ts",
    predicate: 'from "conversations" c where c.company_id = $',
    because:
      "it says in which week a search begins; whatever it says, all weeks before are searched",
  },
];

export function equivalentOf({ place, predicate }: Mutant): Equivalent | undefined {
  return EQUIVALENTS.find(
    (one) => place.startsWith(`${one.file}:`) && predicate.context.endsWith(one.predicate),
  );
}
