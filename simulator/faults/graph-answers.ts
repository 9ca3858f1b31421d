import { z } from "zod";
import { type Answer, textAnswer } from "#simulator/wire/exchange.ts";
import { definesFaults } from "./kinds/definition.ts";

const fault = definesFaults<unknown>();

/** What can be wrong with an answer of Graph that seems to be a success. */
export const graphAnswers = {
  malformed: fault(
    "200 with something else than JSON",
    {
      body: z.string().default('{"url":"http:\\/\\/127.0.0.1'),
      status: z.number().int().min(200).max(599).default(200),
      mimeType: z.string().min(1).default("application/json"),
    },
    (_answer, { body, status, mimeType }) => textAnswer(status, { "Content-Type": mimeType }, body),
  ),
  fields: fault(
    "other fields laid over the usual ones",
    { fields: z.record(z.string(), z.unknown()).default({ mime_type: 5, file_size: "12" }) },
    async (answer, { fields }) => {
      const usual = JSON.parse(await textOf(answer));
      return textAnswer(answer.status, answer.headers, JSON.stringify({ ...usual, ...fields }));
    },
  ),
};

async function textOf({ body }: Answer): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}
