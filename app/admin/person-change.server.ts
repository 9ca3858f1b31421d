import { textIn } from "#app/http/posted-form.server.ts";
import type { Actor } from "#app/models/audit/administration.server.ts";
import { setMemberships } from "#app/models/people/memberships.server.ts";
import {
  changeRole,
  deactivatePerson,
  reactivatePerson,
  renamePerson,
} from "#app/models/people/person-changes.server.ts";
import { RefusedChangeError } from "#app/models/refused-change.ts";
import type { CompanyScope } from "#app/models/scope.server.ts";
import { checked, fields } from "./fields.ts";
import { tickedAccounts } from "./person-form.server.ts";

type Change = (scope: CompanyScope, id: number, form: FormData, actor: Actor) => Promise<void>;

/** By what the forms of a person's page call themselves. */
const CHANGES = {
  name: (scope, id, form, actor) =>
    renamePerson(scope, id, checked(fields.personName, textIn(form, "name")), actor),
  role: (scope, id, form, actor) =>
    changeRole(scope, id, checked(fields.role, textIn(form, "role")), actor),
  numbers: (scope, id, form, actor) => setMemberships(scope, id, () => tickedAccounts(form), actor),
  deactivate: (scope, id, _, actor) => deactivatePerson(scope, id, actor),
  reactivate: (scope, id, _, actor) => reactivatePerson(scope, id, actor),
} satisfies Record<string, Change>;

export type PersonChange = keyof typeof CHANGES;

/**
 * Makes the change that a form asks for by its field "intent".
 *
 * @returns which it was
 * @throws {RefusedChangeError}
 */
export async function changePerson(
  scope: CompanyScope,
  id: number,
  form: FormData,
  actor: Actor,
): Promise<PersonChange> {
  const intent = textIn(form, "intent") ?? "";
  if (!isChange(intent)) throw new RefusedChangeError("The form could not be read. Load it again.");
  await CHANGES[intent](scope, id, form, actor);
  return intent;
}

function isChange(intent: string): intent is PersonChange {
  return Object.hasOwn(CHANGES, intent);
}
