import postgres from "postgres";

/** The database with one wall less. */
export interface PolicyMutant {
  name: string;
  /** What takes the wall away. */
  sql: string;
}

/**
 * The walls of a migrated database (db/migrations/0007_row_level_security.sql), each taken away:
 * policies that hide rows, row-level security of a table, the company in the search functions,
 * rights to some columns only, and what may never be changed.
 */
export function policyMutants(url: string): Promise<PolicyMutant[]> {
  return onDatabase(url, async (client) => [
    ...(await openPolicies(client)),
    ...(await openTables(client)),
    ...(await openSearches(client)),
    ...(await widerRights(client)),
  ]);
}

/** Work on a connection as whoever the URL names. */
export async function onDatabase<T>(
  url: string,
  work: (client: postgres.Sql) => Promise<T>,
): Promise<T> {
  const client = postgres(url, { max: 1, onnotice: () => {} });
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** A policy that says true hides nothing as it is: its role's rights do. */
async function openPolicies(client: postgres.Sql): Promise<PolicyMutant[]> {
  const policies = await client<{ name: string; table: string; writes: boolean }[]>`
    select policyname as name, tablename as table, cmd = 'ALL' and
        has_table_privilege(roles[1], quote_ident(tablename), 'INSERT, UPDATE') as writes
    from pg_policies
    where schemaname = 'public' and qual <> 'true' order by tablename, policyname`;
  return policies.flatMap(({ name, table, writes }) => {
    const policy = `policy "${name}" on "${table}"`;
    const shows = { name: `${policy} shows all`, sql: `alter ${policy} using (true)` };
    const takes = { name: `${policy} takes all`, sql: `alter ${policy} with check (true)` };
    return writes ? [shows, takes] : [shows];
  });
}

async function openTables(client: postgres.Sql): Promise<PolicyMutant[]> {
  const tables = await client<{ name: string }[]>`
    select relname as name from pg_class
    where relnamespace = 'public'::regnamespace and relrowsecurity order by relname`;
  return tables.flatMap(({ name }) =>
    ["disable", "no force"].map((how) => ({
      name: `${how} row level security of "${name}"`,
      sql: `alter table "${name}" ${how} row level security`,
    })),
  );
}

async function openSearches(client: postgres.Sql): Promise<PolicyMutant[]> {
  const functions = await client<{ name: string; definition: string }[]>`
    select proname as name, pg_get_functiondef(oid) as definition from pg_proc
    where pronamespace = 'public'::regnamespace and prosecdef order by proname`;
  return functions.map(({ name, definition }) => {
    const sql = definition.replace(/\w+\.company_id = \(SELECT current_company\(\)\)/, "true");
    if (sql === definition) throw new Error(`${name} names no company.`);
    return { name: `${name}() finds all companies' rows`, sql };
  });
}

async function widerRights(client: postgres.Sql): Promise<PolicyMutant[]> {
  const narrow = await client<{ role: string; table: string }[]>`
    select distinct grantee as role, table_name as table
    from information_schema.column_privileges c
    where table_schema = 'public' and privilege_type = 'SELECT' and grantee like 'tapview%'
      and not exists (
        select from information_schema.table_privileges t
        where t.table_schema = 'public' and t.table_name = c.table_name
          and t.grantee = c.grantee and t.privilege_type = 'SELECT')
    order by 1, 2`;
  const forEver = ["audit_events", "media_views"].flatMap((table) =>
    ["update", "delete"].map((right) => ({ role: "tapview_app", table, right })),
  );
  return [...narrow.map((one) => ({ ...one, right: "select" })), ...forEver].map(
    ({ role, table, right }) => ({
      name: `${role} may ${right} "${table}"`,
      sql: `grant ${right} on "${table}" to "${role}"`,
    }),
  );
}
