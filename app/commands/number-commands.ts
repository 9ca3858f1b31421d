import { z } from "zod";
import { checked, fields } from "#app/admin/fields.ts";
import {
  type AccountFields,
  changeAccount,
  createAccount,
  listAccounts,
} from "#app/models/numbers/accounts.server.ts";
import { UNKNOWN_NUMBER } from "#app/models/received/quarantine-reason.ts";
import { accessTokenProblem } from "#app/whatsapp/graph/access-token.server.ts";
import { type Command, type Options, optionOf } from "./command.ts";
import { namedAccount, namedCompany } from "./named.ts";

const changed = z.object({
  name: fields.accountName.optional(),
  displayPhoneNumber: fields.displayPhoneNumber.optional(),
  mediaRetentionHours: fields.retention.optional(),
});
const added = z.object({
  phoneNumberId: fields.phoneNumberId,
  name: fields.accountName,
  displayPhoneNumber: fields.displayPhoneNumber,
  mediaRetentionHours: fields.retention,
});

export const numberCommands: Record<string, Command> = {
  "number add": {
    required: ["company", "phone-number-id", "display-number", "name"],
    optional: ["retention"],
    async run(surroundings, options) {
      const scope = await namedCompany(surroundings, options);
      const given = { mediaRetentionHours: "7 days", ...givenFields(options) };
      const phoneNumberId = optionOf(options, "phone-number-id");
      const account = checked(added, { ...given, phoneNumberId });
      await createAccount(scope, account, {});
      const problem = await accessTokenProblem(account.phoneNumberId);
      return [
        `Added the number ${account.name}.`,
        ...(problem ? [problem] : []),
        `What came for it before: npm run webhook:replay -- --reason "${UNKNOWN_NUMBER}"`,
      ];
    },
  },

  "number change": {
    required: ["company", "phone-number-id"],
    optional: ["display-number", "name", "retention"],
    async run(surroundings, options) {
      const scope = await namedCompany(surroundings, options);
      const { id } = await namedAccount(scope, optionOf(options, "phone-number-id") ?? "");
      const account: Partial<AccountFields> = checked(changed, givenFields(options));
      await changeAccount(scope, id, account, {});
      return ["Changed the number."];
    },
  },

  "number list": {
    required: ["company"],
    async run(surroundings, options) {
      const accounts = await listAccounts(await namedCompany(surroundings, options));
      if (accounts.length === 0) return ["The company has no number yet."];
      return accounts.map(({ phoneNumberId, displayPhoneNumber, name, ...account }) => {
        const kept = account.mediaRetentionHours === 1 ? "1 hour" : "7 days";
        return `${phoneNumberId}  ${displayPhoneNumber}  ${name}  files kept ${kept}  members ${account.members}`;
      });
    },
  },
};

/** What was left out is left out. */
function givenFields(options: Options) {
  const given = {
    name: optionOf(options, "name"),
    displayPhoneNumber: optionOf(options, "display-number"),
    mediaRetentionHours: optionOf(options, "retention"),
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}
