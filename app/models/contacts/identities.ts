import type { contactIdentities } from "#db/schema.ts";
import type { Person } from "../received/received.ts";

/** A name that WhatsApp calls a contact by, unique in a company. */
export type Identity = Pick<typeof contactIdentities.$inferSelect, "kind" | "value">;

/** The user id first: a phone number can pass to somebody else. */
export function identitiesOf({ userId, waId }: Pick<Person, "userId" | "waId">): Identity[] {
  return [
    ...(userId ? [{ kind: "user" as const, value: userId }] : []),
    ...(waId ? [{ kind: "phone" as const, value: waId }] : []),
  ];
}

export function identityKey({ kind, value }: Identity): string {
  return `${kind}:${value}`;
}

export function isSame(one: Identity, other: Identity): boolean {
  return one.kind === other.kind && one.value === other.value;
}

export function uniqueIdentities(identities: readonly Identity[]): Identity[] {
  return [...new Map(identities.map((identity) => [identityKey(identity), identity])).values()];
}
