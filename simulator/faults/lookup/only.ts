import { z } from "zod";
import { noSuchObject } from "#simulator/answers/errors.ts";
import { lookupFault as fault } from "./context.ts";

/** What only a look-up can meet. */
export const lookupOnly = {
  gone: fault("400, code 100/33: no longer there", {}, (_answer, _options, { id }) =>
    noSuchObject(id),
  ),
  wrongHost: fault(
    "the file's URL at another host",
    { origin: z.url().default("https://media.elsewhere.test") },
    (_answer, { origin }, { foundAt }) => foundAt(origin),
  ),
};
