import type { Person } from "#app/models/people/people.server.ts";
import type { Role } from "#app/models/role.ts";

export const ROLES: Record<Role, string> = { agent: "Agent", admin: "Admin" };

/** For whoever chooses one. */
export const ROLES_IN_FULL: Record<Role, string> = {
  agent: "Agent: the numbers ticked below",
  admin: "Admin: all numbers, and these pages",
};

/** Whether somebody can sign in, and if not, why. */
export function stateWords(
  { state, linkExpiresAt }: Pick<Person, "state" | "linkExpiresAt">,
  now: Date,
): string {
  if (state !== "invited") return state === "active" ? "active" : "deactivated";
  return linkExpiresAt !== null && linkExpiresAt > now
    ? "invited, not yet accepted"
    : "invited, not yet accepted, and without a link that works";
}
