import type { IncomingMessage } from "node:http";
import type { Role } from "../request-log.ts";
import { type Fault, type FaultInput, faultsSchema } from "./parse.ts";

/** A fault with the number of requests that it is still for; null when it lasts. */
export type PlannedFault = Fault & { left: number | null };

/**
 * The faults in force. One request meets one fault at most: the first in the list that is for its
 * file and not used up; without such a one, the first that is for every file.
 */
export class FaultPlan {
  #faults: PlannedFault[] = [];

  /**
   * Puts these in the place of all earlier ones.
   *
   * @throws ZodError naming the field that is wrong
   */
  replace(faults: readonly FaultInput[]): void {
    this.#faults = faultsSchema.parse(faults).map(planned);
  }

  /** Adds one behind the others. @throws ZodError naming the field that is wrong */
  add(fault: FaultInput): void {
    this.#faults.push(...faultsSchema.parse([fault]).map(planned));
  }

  /** Forgets all faults, or those of one file. */
  clear(mediaId?: string): void {
    const kept = (fault: PlannedFault) => mediaId !== undefined && fault.mediaId !== mediaId;
    this.#faults = this.#faults.filter(kept);
  }

  list(): PlannedFault[] {
    return this.#faults.map((fault) => ({ ...fault }));
  }

  /** The fault that the next request meets; uses it up by one. */
  take<On extends Role>(
    on: On,
    { mediaId, request }: { mediaId: string; request: Pick<IncomingMessage, "headers"> },
  ): Extract<Fault, { on: On }> | undefined {
    const kind = request.headers.range === undefined ? "whole" : "range";
    const able = this.#faults.filter(
      (fault) => fault.on === on && fault.left !== 0 && (fault.when ?? kind) === kind,
    );
    const chosen =
      able.find((fault) => fault.mediaId === mediaId) ??
      able.find((fault) => fault.mediaId === undefined);
    if (chosen?.left) chosen.left -= 1;
    return chosen as Extract<Fault, { on: On }> | undefined;
  }
}

function planned(fault: Fault): PlannedFault {
  return Object.assign({ left: fault.times ?? null }, fault);
}
