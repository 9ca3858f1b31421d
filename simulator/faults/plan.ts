import type { IncomingMessage } from "node:http";
import { type Fault, type FaultInput, faultsSchema } from "./parse.ts";

/** A fault with the number of requests that it is still for; null when it lasts. */
export type PlannedFault = Fault & { left: number | null };

/** What is known of a request when its fault is chosen. */
export interface Asked {
  mediaId?: string | undefined;
  recipient?: string | undefined;
  request: Pick<IncomingMessage, "headers">;
}

/**
 * The faults in force. One request meets one fault at most: the first in the list that is for its
 * file or recipient and not used up; without such a one, the first that is for all.
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
  take<On extends Fault["on"]>(on: On, asked: Asked): Extract<Fault, { on: On }> | undefined {
    const kind = asked.request.headers.range === undefined ? "whole" : "range";
    const able = this.#faults.filter(
      (fault) => fault.on === on && fault.left !== 0 && (fault.when ?? kind) === kind,
    );
    const chosen = able.find((fault) => isFor(fault, asked)) ?? able.find(isForAll);
    if (chosen?.left) chosen.left -= 1;
    return chosen as Extract<Fault, { on: On }> | undefined;
  }
}

function isFor({ mediaId, recipient }: PlannedFault, asked: Asked): boolean {
  if (recipient !== undefined) return recipient === asked.recipient;
  return mediaId !== undefined && mediaId === asked.mediaId;
}

/** Whether it is for every file and every recipient. */
export function isForAll({ mediaId, recipient }: PlannedFault): boolean {
  return mediaId === undefined && recipient === undefined;
}

function planned(fault: Fault): PlannedFault {
  return Object.assign({ left: fault.times ?? null }, fault);
}
