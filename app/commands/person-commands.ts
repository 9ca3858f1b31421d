import { z } from "zod";
import { checked, fields } from "#app/admin/fields.ts";
import { newLink } from "#app/auth/invitation-link.server.ts";
import { listAccounts } from "#app/models/numbers/accounts.server.ts";
import { invitePerson, renewLink } from "#app/models/people/invitations.server.ts";
import { listPeople, type Person } from "#app/models/people/people.server.ts";
import {
  changeRole,
  deactivatePerson,
  reactivatePerson,
} from "#app/models/people/person-changes.server.ts";
import type { CompanyScope } from "#app/models/scope.server.ts";
import { type Command, linkLines, type Options, optionOf } from "./command.ts";
import { namedAccount, namedCompany, namedPerson } from "./named.ts";

const invited = z.object({
  name: fields.personName,
  email: fields.email,
  role: fields.role.default("agent"),
});

export const personCommands: Record<string, Command> = {
  "person invite": {
    required: ["company", "name", "email"],
    optional: ["role", "number"],
    async run(surroundings, options) {
      const scope = await namedCompany(surroundings, options);
      const person = checked(invited, {
        name: optionOf(options, "name"),
        email: optionOf(options, "email"),
        role: optionOf(options, "role"),
      });
      const accountIds: number[] = [];
      for (const phoneNumberId of options.get("number") ?? []) {
        accountIds.push((await namedAccount(scope, phoneNumberId)).id);
      }
      const { token, link } = newLink();
      await invitePerson(scope, { ...person, accountIds }, link, {});
      return linkLines(surroundings.origin, scope.companyId, person.name, token);
    },
  },

  "person list": {
    required: ["company"],
    async run(surroundings, options) {
      const scope = await namedCompany(surroundings, options);
      const [people, accounts] = [await listPeople(scope), await listAccounts(scope)];
      const ids = new Map(accounts.map(({ id, phoneNumberId }) => [id, phoneNumberId]));
      return people.map(({ email, name, role, state, accountIds }) => {
        const numbers = accountIds.map((id) => ids.get(id)).join(", ") || "none";
        return `${email}  ${name}  ${role}  ${state}  numbers: ${role === "admin" ? "all" : numbers}`;
      });
    },
  },

  "person link": {
    required: ["company", "email"],
    async run(surroundings, options) {
      const scope = await namedCompany(surroundings, options);
      const { id, name } = await namedPerson(scope, options);
      const { token, link } = newLink();
      await renewLink(scope, id, link, {});
      return linkLines(surroundings.origin, scope.companyId, name, token);
    },
  },

  "person role": {
    required: ["company", "email", "role"],
    run: change(async (scope, { id, name }, options) => {
      const role = checked(fields.role, optionOf(options, "role"));
      await changeRole(scope, id, role, {});
      return `${name} is ${role} now.`;
    }),
  },

  "person deactivate": {
    required: ["company", "email"],
    run: change(async (scope, { id, name }) => {
      await deactivatePerson(scope, id, {});
      return `${name} is deactivated, and signed out everywhere.`;
    }),
  },

  "person reactivate": {
    required: ["company", "email"],
    run: change(async (scope, { id, name }) => {
      await reactivatePerson(scope, id, {});
      return `${name} is reactivated.`;
    }),
  },
};

function change(
  work: (scope: CompanyScope, person: Person, options: Options) => Promise<string>,
): Command["run"] {
  return async (surroundings, options) => {
    const scope = await namedCompany(surroundings, options);
    return [await work(scope, await namedPerson(scope, options), options)];
  };
}
