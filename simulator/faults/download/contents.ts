import { z } from "zod";
import { textAnswer } from "#simulator/wire/exchange.ts";
import { firstBytes, withBeginning, withFlippedByte } from "../kinds/body.ts";
import { byteCount } from "../kinds/definition.ts";
import { withoutLength } from "../kinds/http.ts";
import { downloadFault as fault, startOf } from "./context.ts";

const SCRIPT = "<!DOCTYPE html><script>document.title = 'script ran'</script>\n";

/** What can be wrong with a file though its answer looks right. */
export const contents = {
  wrongType: fault(
    "another type; as text/html, a script",
    { mimeType: z.string().min(1).default("text/html"), body: z.string().optional() },
    (answer, { mimeType, body }) => {
      const script = mimeType.startsWith("text/html") ? SCRIPT : undefined;
      const text = body ?? script;
      if (text !== undefined) return textAnswer(200, { "Content-Type": mimeType }, text);
      return { ...answer, headers: { ...answer.headers, "Content-Type": mimeType } };
    },
  ),
  otherBeginning: fault(
    "the right type and length, but it begins like another file",
    { begin: z.string().default(SCRIPT) },
    (answer, { begin }) => ({
      ...answer,
      body: withBeginning(answer.body, Buffer.from(begin, "latin1"), startOf(answer)),
    }),
  ),
  wrongHash: fault(
    "one byte is wrong, in the middle or at a position",
    { position: byteCount.optional() },
    (answer, { position }, { media }) => ({
      ...answer,
      body: withFlippedByte(
        answer.body,
        (position ?? Math.floor(media.content.size / 2)) - startOf(answer),
      ),
    }),
  ),
  endEarly: fault(
    "ends half-way as if that were all",
    { afterBytes: byteCount.default(4096) },
    (answer, { afterBytes }) => ({
      ...withoutLength(answer),
      body: firstBytes(answer.body, afterBytes),
    }),
  ),
};
