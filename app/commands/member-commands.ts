import { setMemberships } from "#app/models/people/memberships.server.ts";
import { type Command, optionOf } from "./command.ts";
import { namedAccount, namedCompany, namedPerson } from "./named.ts";

export const memberCommands: Record<string, Command> = {
  "member add": {
    required: ["company", "email", "number"],
    run: change((ids, id) => [...ids, id], "is a member of"),
  },
  "member remove": {
    required: ["company", "email", "number"],
    run: change((ids, id) => ids.filter((other) => other !== id), "is no member of"),
  },
};

function change(
  after: (before: readonly number[], accountId: number) => readonly number[],
  words: string,
): Command["run"] {
  return async (surroundings, options) => {
    const scope = await namedCompany(surroundings, options);
    const person = await namedPerson(scope, options);
    const account = await namedAccount(scope, optionOf(options, "number") ?? "");
    await setMemberships(scope, person.id, (before) => after(before, account.id), {});
    return [`${person.name} ${words} ${account.name}.`];
  };
}
