import { z } from "zod";
import { linkAddress, newLink } from "#app/auth/invitation-link.server.ts";
import { textIn } from "#app/http/posted-form.server.ts";
import { numericId } from "#app/models/numeric-id.ts";
import type { Link } from "#app/models/people/invitations.server.ts";
import type { CompanyScope } from "#app/models/scope.server.ts";
import { checked, fields } from "./fields.ts";

const invited = z.object({ name: fields.personName, email: fields.email, role: fields.role });

/** What an invitation's form says, as it was typed. */
export function typedPerson(form: FormData) {
  return {
    name: textIn(form, "name"),
    email: textIn(form, "email"),
    role: textIn(form, "role"),
    accountIds: tickedAccounts(form),
  };
}

/** What can't be an id of a number is left out. */
export function tickedAccounts(form: FormData): number[] {
  return form.getAll("account").flatMap((value) => numericId(String(value)) ?? []);
}

/** @throws {RefusedChangeError} */
export function newPerson(typed: ReturnType<typeof typedPerson>) {
  return { ...checked(invited, typed), accountIds: typed.accountIds };
}

/** A link for somebody: its address, to be shown once, when `keep` has kept it. */
export async function linkFor(
  request: Request,
  { companyId }: CompanyScope,
  keep: (link: Link) => Promise<unknown>,
): Promise<string> {
  const { token, link } = newLink();
  await keep(link);
  return linkAddress(new URL(request.url).origin, companyId, token);
}
