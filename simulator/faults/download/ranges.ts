import { z } from "zod";
import { noiseContent } from "#simulator/media/content.ts";
import { type Answer, textAnswer } from "#simulator/wire/exchange.ts";
import { downloadFault as fault, startOf } from "./context.ts";

const OTHER_SEED = 2;

/** What can go wrong where a part is asked for; with `when: "range"`, only there. */
export const ranges = {
  ignoreRange: fault("200 to a Range request", {}, (_answer, _options, { whole }) => whole()),
  unsatisfiable: fault("416, whatever the Range", {}, (_answer, _options, { media }) =>
    textAnswer(416, { "Content-Range": `bytes */${media.content.size}` }, ""),
  ),
  contentRange: fault(
    "another Content-Range than the part's own",
    {
      wrong: z.literal(["start", "end", "total", "unit", "reversed", "missing"]).default("start"),
    },
    (answer, { wrong }) => withContentRange(answer, wrong),
  ),
  otherVersion: fault(
    "another file of the same size, with another ETag",
    { sameBytes: z.boolean().default(false) },
    (answer, { sameBytes }, { media }) => {
      const start = startOf(answer);
      const end = start + Number(answer.headers["Content-Length"] ?? 0);
      const headers = { ...answer.headers, ETag: "1" };
      if (sameBytes || answer.status >= 300) return { ...answer, headers };
      return {
        ...answer,
        headers,
        body: noiseContent(media.content.size, OTHER_SEED).chunks(start, end),
      };
    },
  ),
};

function withContentRange(answer: Answer, wrong: string): Answer {
  const { "Content-Range": right, ...headers } = answer.headers;
  const [, first, last, total] = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(right ?? "")?.map(Number) ?? [];
  if (first === undefined || last === undefined || total === undefined) return answer;
  const other: Record<string, string> = {
    start: `bytes ${first + 1}-${last}/${total}`,
    end: `bytes ${first}-${last + 1}/${total + 1}`,
    total: `bytes ${first}-${last}/${total + 1}`,
    unit: `items ${first}-${last}/${total}`,
    reversed: `bytes ${last}-${first - 1}/${total}`,
  };
  const value = other[wrong];
  return { ...answer, headers: value ? { ...headers, "Content-Range": value } : headers };
}
