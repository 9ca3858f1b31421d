import { asc, eq, or, sql } from "drizzle-orm";
import type { Db } from "#db/open.server.ts";
import { companies } from "#db/schema.ts";
import { recordAuditEvent } from "../audit/audit-events.server.ts";
import { enterCompany } from "../scope.server.ts";
import { insertPerson, type Link, setLink } from "./invitations.server.ts";

/** Any fixed number: companies are made one at a time. */
const LOCK = 730_419_554;

export interface Company {
  id: number;
  name: string;
}

/** A company and its first admin, who has a password or chooses one by a link. */
export interface NewCompany {
  name: string;
  admin: { name: string; email: string } & ({ passwordHash: string } | { link: Link });
}

/**
 * Before there is a company there is nobody who could sign in, and so no company to ask for.
 *
 * @param db of the duty "setup"
 */
export async function hasCompany(db: Db): Promise<boolean> {
  const found = await db.select({ id: companies.id }).from(companies).limit(1);
  return found.length > 0;
}

/**
 * For the server's shell, which works for all companies.
 *
 * @param db of the duty "setup"
 * @returns by name
 */
export function listCompanies(db: Db): Promise<Company[]> {
  const { id, name } = companies;
  return db.select({ id, name }).from(companies).orderBy(asc(name), asc(id));
}

/**
 * For the server's shell, where a company is called by its name or id.
 *
 * @param db of the duty "setup"
 * @returns several where they have the same name
 */
export function findCompanies(db: Db, nameOrId: string): Promise<Company[]> {
  const { id, name } = companies;
  const isNamed = or(eq(name, nameOrId), sql`${id}::text = ${nameOrId}`);
  return db.select({ id, name }).from(companies).where(isNamed).orderBy(asc(id));
}

/**
 * Makes a company, where there may be none to be signed in to.
 *
 * @param db of the duty "setup"
 * @param options.onlyFirst makes none when there is one already
 * @returns undefined when it made none
 * @throws {RefusedChangeError} the admin's e-mail address is somebody's already
 */
export function createCompany(
  db: Db,
  { name, admin }: NewCompany,
  { onlyFirst = false, address }: { onlyFirst?: boolean; address?: string | undefined } = {},
): Promise<{ companyId: number; userId: number } | undefined> {
  return db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${LOCK})`);
    if (onlyFirst && (await hasCompany(tx))) return undefined;
    const [company] = await tx.insert(companies).values({ name }).returning({ id: companies.id });
    if (!company) throw new Error("The company was not added.");
    const scope = await enterCompany(tx, company.id);
    const { name: person, email } = admin;
    const passwordHash = "passwordHash" in admin ? admin.passwordHash : undefined;
    const fields = { name: person, email, role: "admin" as const };
    const userId = await insertPerson(scope, { ...fields, ...(passwordHash && { passwordHash }) });
    if ("link" in admin) await setLink(scope, userId, admin.link);
    const event = { kind: "company.created", subjectUserId: userId, details: { name } } as const;
    await recordAuditEvent(scope, { ...event, address });
    return { companyId: company.id, userId };
  });
}
