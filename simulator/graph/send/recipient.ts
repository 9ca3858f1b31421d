import { refuse, refuseParameter } from "#simulator/answers/refused.ts";
import type { Party } from "#simulator/phone/chats.ts";
import type { JsonObject } from "./content.ts";

const DIGITS = /^\d{5,20}$/;
const USER_ID = /^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$/;

/** Whom a message is for, and how the request named them. */
export interface Recipient extends Omit<Party, "to"> {
  input: string;
}

/**
 * Reads `to`, a number in any notation or a group's id, or `recipient`, a business-scoped user id
 * (Meta's "Send messages" and "Business-scoped user IDs"). A country code is never added.
 *
 * @throws Refused
 */
export function readRecipient({ to, recipient, recipient_type }: JsonObject): Recipient {
  if (recipient !== undefined) {
    if (typeof recipient !== "string" || !USER_ID.test(recipient)) {
      refuse(131009, "The recipient is not a business-scoped user ID.");
    }
    return { input: recipient, customer: recipient, kind: "user", userId: recipient };
  }
  const input = typeof to === "number" ? String(to) : to;
  if (typeof input !== "string" || input === "") {
    return refuseParameter("The parameter to is required.");
  }
  if (recipient_type === "group") return { input, customer: input, kind: "group" };
  const digits = input.replace(/[\s+()-]/g, "");
  if (!DIGITS.test(digits)) refuse(131009, "Param to is not a phone number.");
  return { input, customer: digits, kind: "phone" };
}

/** Whom the message names, as it stands there: also of one that will be refused. */
export function recipientOf({ to, recipient }: JsonObject): string | undefined {
  if (typeof recipient === "string") return recipient;
  return typeof to === "string" || typeof to === "number"
    ? String(to).replace(/[\s+()-]/g, "")
    : undefined;
}
