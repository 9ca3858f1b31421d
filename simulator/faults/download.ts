import type { Answer } from "#simulator/wire/exchange.ts";
import { connectionFaults } from "./connection.ts";
import { contents } from "./download/contents.ts";
import { type DownloadContext, downloadFault } from "./download/context.ts";
import { ranges } from "./download/ranges.ts";
import { refusals } from "./download/refusals.ts";
import type { FaultInputOf, FaultOf } from "./kinds/definition.ts";
import { httpFaults } from "./kinds/http.ts";

/** What can go wrong with a download. To add a fault, add an entry to one of these tables. */
export const downloadFaults = {
  none: downloadFault("answers as usual", {}, (answer) => answer),
  ...refusals,
  ...connectionFaults,
  ...contents,
  ...ranges,
  ...httpFaults,
};

export type DownloadFault = FaultOf<"download", typeof downloadFaults>;
export type DownloadFaultInput = FaultInputOf<"download", typeof downloadFaults>;

/** @throws when the client leaves while the fault keeps it waiting, or the fault broke the connection */
export async function applyDownloadFault(
  fault: DownloadFault,
  answer: Answer,
  context: DownloadContext,
): Promise<Answer> {
  context.exchange.noteFault(fault.kind);
  const { apply } = downloadFaults[fault.kind];
  return (apply as (answer: Answer, options: DownloadFault, context: DownloadContext) => Answer)(
    answer,
    fault,
    context,
  );
}
