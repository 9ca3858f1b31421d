import { z } from "zod";
import { checked, fields } from "#app/admin/fields.ts";
import { newPasswordProblem } from "#app/auth/new-password.ts";
import { hashPassword } from "#app/auth/password.server.ts";
import { textIn } from "#app/http/posted-form.server.ts";
import type { NewCompany } from "#app/models/people/companies.server.ts";
import { RefusedChangeError } from "#app/models/refused-change.ts";

const company = z.object({
  company: fields.companyName,
  name: fields.personName,
  email: fields.email,
});

/** What the form says that may be shown again: neither the password nor the code. */
export function typedSetup(form: FormData) {
  return {
    company: textIn(form, "company"),
    name: textIn(form, "name"),
    email: textIn(form, "email"),
  };
}

/**
 * @returns what makes the company; hashing the password takes its time, and waits for the call
 * @throws {RefusedChangeError}
 */
export function newCompany(form: FormData): () => Promise<NewCompany> {
  const { company: name, ...admin } = checked(company, typedSetup(form));
  const password = textIn(form, "password") ?? "";
  const problem = newPasswordProblem(password, textIn(form, "repeated") ?? "");
  if (problem) throw new RefusedChangeError(problem);
  return async () => ({
    name,
    admin: { ...admin, passwordHash: await hashPassword(password) },
  });
}
