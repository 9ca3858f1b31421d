import { and, asc, eq, type SQL } from "drizzle-orm";
import { accountMembers, invitations, users } from "#db/schema.ts";
import { RefusedChangeError } from "../refused-change.ts";
import type { Role } from "../role.ts";
import type { CompanyScope } from "../scope.server.ts";

/** Somebody of the company, for its admins. */
export interface Person {
  id: number;
  name: string;
  email: string;
  role: Role;
  /** "invited": they have not chosen a password yet. */
  state: "active" | "invited" | "deactivated";
  /** When the link by which they can choose a password ends, or ended; null when they have none. */
  linkExpiresAt: Date | null;
  /** The numbers that they are a member of, in ascending order. */
  accountIds: number[];
}

/** By name. */
export function listPeople(scope: CompanyScope): Promise<Person[]> {
  return selectPeople(scope);
}

export async function findPerson(scope: CompanyScope, id: number): Promise<Person | undefined> {
  return (await selectPeople(scope, eq(users.id, id)))[0];
}

/** @param email as somebody typed it */
export async function findPersonByEmail(
  scope: CompanyScope,
  email: string,
): Promise<Person | undefined> {
  return (await selectPeople(scope, eq(users.email, email.trim().toLowerCase())))[0];
}

/**
 * For changes, in their transaction.
 *
 * @throws {RefusedChangeError} there is no such person
 */
export async function personToChange(scope: CompanyScope, id: number): Promise<Person> {
  const person = await findPerson(scope, id);
  if (!person) throw new RefusedChangeError("There is no such person.");
  return person;
}

async function selectPeople({ db, companyId }: CompanyScope, which?: SQL): Promise<Person[]> {
  const people = await db
    .select({
      id: users.id,
      name: users.name,
      email: users.email,
      role: users.role,
      passwordHash: users.passwordHash,
      deactivatedAt: users.deactivatedAt,
      linkExpiresAt: invitations.expiresAt,
    })
    .from(users)
    .leftJoin(
      invitations,
      and(eq(invitations.companyId, users.companyId), eq(invitations.userId, users.id)),
    )
    .where(and(eq(users.companyId, companyId), which))
    .orderBy(asc(users.name), asc(users.id));
  const memberships = await db
    .select({ userId: accountMembers.userId, accountId: accountMembers.accountId })
    .from(accountMembers)
    .innerJoin(
      users,
      and(eq(users.companyId, accountMembers.companyId), eq(users.id, accountMembers.userId)),
    )
    .where(and(eq(accountMembers.companyId, companyId), which))
    .orderBy(asc(accountMembers.accountId));
  const accountIds = new Map<number, number[]>(people.map(({ id }) => [id, []]));
  for (const { userId, accountId } of memberships) accountIds.get(userId)?.push(accountId);
  return people.map(({ passwordHash, deactivatedAt, ...person }) => ({
    ...person,
    state: deactivatedAt ? "deactivated" : passwordHash === null ? "invited" : "active",
    accountIds: accountIds.get(person.id) ?? [],
  }));
}
