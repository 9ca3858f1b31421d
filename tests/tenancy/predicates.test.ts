import { expect, it } from "vitest";
import { companyPredicates, withoutPredicates } from "./predicates.ts";

const STATEMENT = `with a as (select 1 from x where company_id = $1::bigint and id = $2)
  update "users" set "name" = $3 from a join b on b.company_id = a.company_id and b.id = a.id
  where ("users"."company_id" = $4 and "users"."id" = $5) and c.id = b.company_id`;

it("finds each condition on a company, and no other", () => {
  expect(companyPredicates(STATEMENT).map(({ kind, text }) => [kind, text])).toEqual([
    ["parameter", "company_id = $1::bigint"],
    ["join", "b.company_id = a.company_id"],
    ["parameter", '"users"."company_id" = $4'],
    ["join", "c.id = b.company_id"],
  ]);
  expect(companyPredicates("insert into x (company_id, id) select $1, id from y")).toEqual([]);
});

it("takes out one, and keeps its parameter", () => {
  const mutants = companyPredicates(STATEMENT).map(({ context }) =>
    withoutPredicates(STATEMENT, context),
  );
  expect(mutants[0]).toContain("where ($1::bigint is not null) and id = $2)");
  expect(mutants[1]).toContain("join b on true and b.id = a.id");
  for (const mutant of mutants) expect(companyPredicates(mutant)).toHaveLength(3);
});

it("knows a predicate again whatever numbers its parameters have", () => {
  const [one] = companyPredicates("select a from b where company_id = $1 and c = $2");
  const variant = "select a  from b where company_id = $7 and c = $8";
  expect(withoutPredicates(variant, one?.context ?? "")).toBe(
    "select a  from b where ($7::bigint is not null) and c = $8",
  );
});
