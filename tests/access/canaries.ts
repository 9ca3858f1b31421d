import type { Answer } from "./ask.ts";

/** The word in all of a number's names and texts, and the numbers that belong to it. */
interface OfNumber {
  word: string;
  display: string;
  phoneNumberId: string;
  customer: string;
}

export interface Canaries {
  /** What everybody of the company sees: its name. */
  company: string;
  /** Of the number that the member is a member of. */
  inbox: OfNumber;
  /** Of another number, and of colleagues: for admins. */
  office: OfNumber;
  /** Of the other company. */
  strange: OfNumber;
}

export type Audience = keyof Canaries;

/** In no other text of an answer. */
export const CANARIES: Canaries = {
  company: "Quagmarsh",
  inbox: ofNumber("wrenfeather", 1),
  office: ofNumber("tusselbrook", 2),
  strange: ofNumber("ondatrapelt", 3),
};

function ofNumber(word: string, digit: number): OfNumber {
  return {
    word,
    display: `+1 555 010 740${digit}`,
    phoneNumberId: `10654035240740${digit}`,
    customer: `1555010741${digit}`,
  };
}

/** @returns whose canaries are in an answer, its headers included */
export function canariesIn({ headers, body }: Answer): Audience[] {
  const all = `${JSON.stringify(headers)}${body}`.toLowerCase();
  return (Object.keys(CANARIES) as Audience[]).filter((audience) => {
    const canary = CANARIES[audience];
    const words = typeof canary === "string" ? [canary] : Object.values(canary);
    return words.some((word) => all.includes(word.toLowerCase()));
  });
}
