import { z } from "zod";
import type { Answer, Exchange } from "#simulator/wire/exchange.ts";
import { byteCount, definesFaults, type FaultInputOf, type FaultOf } from "./kinds/definition.ts";
import { applyPostFault, postFaults } from "./post.ts";

const fault = definesFaults<unknown>();
const afterBytes = byteCount.default(4096);

/** What can go wrong with a file that the business uploads. To add a fault, add an entry. */
export const uploadFaults = {
  ...postFaults,
  interrupt: fault(
    "breaks the connection while the file is still coming",
    { afterBytes, ending: z.literal(["fin", "rst"]).default("rst") },
    (answer) => answer,
  ),
  stopReading: fault(
    "takes only a part of the file, and then nothing",
    { afterBytes },
    (answer) => answer,
  ),
};

export type UploadFault = FaultOf<"upload", typeof uploadFaults>;
export type UploadFaultInput = FaultInputOf<"upload", typeof uploadFaults>;

/** @throws when the client leaves while the fault keeps it waiting, or the fault broke the connection */
export function applyUploadFault(
  fault: UploadFault,
  carryOut: () => Answer | Promise<Answer>,
  exchange: Exchange,
): Promise<Answer> {
  return applyPostFault(uploadFaults, fault, carryOut, exchange);
}

/** What happens before the body is read. @throws when the fault broke the connection */
export async function meetReadingFault(fault: UploadFault, exchange: Exchange): Promise<void> {
  if (fault.kind !== "interrupt" && fault.kind !== "stopReading") return;
  exchange.noteFault(fault.kind);
  await readFirst(exchange, fault.afterBytes);
  if (fault.kind === "stopReading") await exchange.forever();
  else await exchange.sendRaw([], fault.ending);
}

/** Leaves the rest unread, so that in the end its sender can't go on. */
async function readFirst({ request, signal }: Exchange, count: number): Promise<void> {
  let read = 0;
  while (read < count && !request.readableEnded && !signal.aborted) {
    const chunk: Buffer | null = request.read();
    if (chunk) read += chunk.length;
    else
      await new Promise<void>((resolve) => {
        request.once("readable", resolve).once("end", resolve);
        signal.addEventListener("abort", () => resolve(), { once: true });
      });
  }
}
