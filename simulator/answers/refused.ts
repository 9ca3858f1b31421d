import type { Answer } from "#simulator/wire/exchange.ts";
import { refusal, wrongParameter } from "./send-errors.ts";

/** Thrown where a request turns out to be wrong; carries the answer to it. */
export class Refused extends Error {
  constructor(readonly answer: Answer) {
    super("refused");
  }
}

/** @throws Refused with code 100, as Graph words what it checks itself */
export function refuseParameter(message: string): never {
  throw new Refused(wrongParameter(message));
}

/** @throws Refused with one of WhatsApp's codes */
export function refuse(code: number, details?: string): never {
  throw new Refused(refusal(code, details));
}
