import type { Answer, Exchange } from "#simulator/wire/exchange.ts";
import { definesFaults } from "../kinds/definition.ts";

export interface LookupContext {
  exchange: Exchange;
  id: string;
  /** The usual answer, with its URL at another origin. */
  foundAt(origin: string): Answer;
}

export const lookupFault = definesFaults<LookupContext>();
