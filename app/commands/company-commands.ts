import { z } from "zod";
import { checked, fields } from "#app/admin/fields.ts";
import { newLink } from "#app/auth/invitation-link.server.ts";
import { createCompany, listCompanies } from "#app/models/people/companies.server.ts";
import { type Command, linkLines, optionOf } from "./command.ts";

const added = z.object({
  name: fields.companyName,
  email: fields.email,
  person: fields.personName,
});

export const companyCommands: Record<string, Command> = {
  "company add": {
    required: ["name", "email", "person"],
    async run({ database, origin }, options) {
      const { name, email, person } = checked(added, {
        name: optionOf(options, "name"),
        email: optionOf(options, "email"),
        person: optionOf(options, "person"),
      });
      const { token, link } = newLink();
      const admin = { name: person, email, link };
      const made = await createCompany(database.forDuty("setup"), { name, admin });
      if (!made) throw new Error("The company was not added.");
      return [
        `Added the company ${name} (id ${made.companyId}).`,
        ...linkLines(origin, made.companyId, person, token),
      ];
    },
  },

  "company list": {
    required: [],
    async run({ database }) {
      const companies = await listCompanies(database.forDuty("setup"));
      if (companies.length === 0) return ["There is no company yet."];
      return companies.map(({ id, name }) => `${id}  ${name}`);
    },
  },
};
