/** A WhatsApp number of a company, as its webhooks name it. */
export interface BusinessNumber {
  phoneNumberId: string;
  displayPhoneNumber: string;
  name: string;
  wabaId: string;
}

const ACME = "102290129340398";
const GLOBEX = "202290129340398";

/** The numbers that the demo's companies have. */
export const businessNumbers: readonly BusinessNumber[] = [
  number("106540352242922", "15550100001", "Acme Support", ACME),
  number("106540352242923", "15550100002", "Acme Sales", ACME),
  number("206540352242922", "15550100003", "Globex Care", GLOBEX),
];

/** @returns the number with this id; for an id that nobody has, an invented one of a third company */
export function businessNumber(phoneNumberId: string): BusinessNumber {
  const known = businessNumbers.find((one) => one.phoneNumberId === phoneNumberId);
  return known ?? number(phoneNumberId, "15550100099", "Unknown", "302290129340398");
}

function number(
  phoneNumberId: string,
  displayPhoneNumber: string,
  name: string,
  wabaId: string,
): BusinessNumber {
  return { phoneNumberId, displayPhoneNumber, name, wabaId };
}
