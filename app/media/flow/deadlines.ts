import type { TransferOutcome } from "./transfer.ts";

/** In milliseconds. */
export interface Deadlines {
  /** To the first byte, from the headers on. */
  firstByteMs: number;
  /** WhatsApp sends nothing for this long. */
  upstreamIdleMs: number;
  /** The person's browser takes nothing for this long. */
  clientIdleMs: number;
  /** From the headers to the last byte, however steadily they come. */
  totalMs: number;
}

export const DEADLINES: Deadlines = {
  firstByteMs: 10_000,
  upstreamIdleMs: 15_000,
  clientIdleMs: 60_000,
  totalMs: 15 * 60_000,
};

/** How a transfer stands. Times in milliseconds. */
export interface Progress {
  age: number;
  /** Since the last change. */
  idle: number;
  /** "rest" while a broken body is opened again, which has deadlines of its own. */
  waitingFor: "upstream" | "client" | "rest";
  begun: boolean;
}

/** A deadline that was met. "stalled" may still be mended, the others end the transfer. */
export interface Overdue {
  outcome: Extract<TransferOutcome, "timeout" | "client-idle"> | "stalled";
  detail: string;
}

/** @returns undefined while all is well */
export function overdue(
  { age, idle, waitingFor, begun }: Progress,
  deadlines: Deadlines,
): Overdue | undefined {
  if (age > deadlines.totalMs) return { outcome: "timeout", detail: "the stream took too long" };
  if (waitingFor === "client" && idle > deadlines.clientIdleMs) {
    return { outcome: "client-idle", detail: "the browser stopped reading" };
  }
  if (waitingFor !== "upstream") return undefined;
  if (!begun) {
    return idle > deadlines.firstByteMs
      ? { outcome: "timeout", detail: "no byte came" }
      : undefined;
  }
  if (idle <= deadlines.upstreamIdleMs) return undefined;
  return { outcome: "stalled", detail: "WhatsApp stopped sending" };
}
