import { z } from "zod";
import { textIn } from "#app/http/posted-form.server.ts";
import { checked, fields } from "./fields.ts";

const changed = z.object({
  name: fields.accountName,
  displayPhoneNumber: fields.displayPhoneNumber,
  retention: fields.retention,
});
const added = changed.extend({ phoneNumberId: fields.phoneNumberId });

/** What a number's form says, as it was typed. */
export function typedNumber(form: FormData) {
  return {
    phoneNumberId: textIn(form, "phoneNumberId"),
    name: textIn(form, "name"),
    displayPhoneNumber: textIn(form, "displayPhoneNumber"),
    retention: textIn(form, "retention"),
  };
}

/** @throws {RefusedChangeError} */
export function newNumber(typed: ReturnType<typeof typedNumber>) {
  const { retention, ...account } = checked(added, typed);
  return { ...account, mediaRetentionHours: retention };
}

/** @throws {RefusedChangeError} */
export function changedNumber(typed: ReturnType<typeof typedNumber>) {
  const { retention, ...account } = checked(changed, typed);
  return { ...account, mediaRetentionHours: retention };
}
