import { z } from "zod";
import type { Answer } from "#simulator/wire/exchange.ts";

/** One kind of fault: the options it takes, all with defaults, and what it makes of an answer. */
export interface FaultDefinition<Options extends z.ZodObject, Context> {
  title: string;
  options: Options;
  apply(answer: Answer, options: z.output<Options>, context: Context): Answer | Promise<Answer>;
}

/** The faults of one hop, by kind. */
export type FaultTable = Record<string, FaultDefinition<z.ZodObject, never>>;

/** The union of all faults that a table defines. */
export type FaultOf<On extends string, Table extends FaultTable> = {
  [Kind in keyof Table & string]: { on: On; kind: Kind } & Scope &
    Filled<Table[Kind]["options"], z.output<Table[Kind]["options"]>>;
}[keyof Table & string];

/** The same as it may be written, without what has a default. */
export type FaultInputOf<On extends string, Table extends FaultTable> = {
  [Kind in keyof Table & string]: { on: On; kind: Kind } & Scope &
    Filled<Table[Kind]["options"], z.input<Table[Kind]["options"]>>;
}[keyof Table & string];

/** zod's type for "no options" forbids every other key, so it can't be combined. */
type Filled<Options extends z.ZodObject, Values> = keyof Options["shape"] extends never
  ? unknown
  : Values;

/** A fault before it is said on which hop. */
export type WithoutHop<Fault> = Fault extends unknown ? Omit<Fault, "on"> : never;

export interface Scope {
  /** Without it the fault is for every file. */
  mediaId?: string | undefined;
  /** Only for so many requests, then all is well again. */
  times?: number | undefined;
  /** Only for requests with a Range header, or only for those without. */
  when?: "range" | "whole" | undefined;
  /** Only for messages to this customer: their digits, user id or group id. */
  recipient?: string | undefined;
  /**
   * Whether a message or upload was taken before things went wrong; without it a refused one was
   * not, and every other one was.
   */
  accepted?: boolean | undefined;
}

/** Lets a table's entry have its options' types where it uses them. */
export function definesFaults<Context>() {
  return <Shape extends z.ZodRawShape>(
    title: string,
    shape: Shape,
    apply: FaultDefinition<z.ZodObject<Shape, z.core.$strict>, Context>["apply"],
  ): FaultDefinition<z.ZodObject<Shape, z.core.$strict>, Context> => ({
    title,
    options: z.strictObject(shape),
    apply,
  });
}

export const milliseconds = z.number().int().min(0).max(3_600_000);
export const byteCount = z.number().int().min(0);

/** Options of a fault that asks for a pause. */
export const retryAfter = {
  retryAfterSeconds: z.number().int().min(0).default(120),
  /** The header in other words: a date, garbage; empty for none. */
  retryAfter: z.string().optional(),
};
export type RetryAfter = z.output<z.ZodObject<typeof retryAfter>>;

export function retryAfterHeader(options: RetryAfter): Record<string, string> {
  const value = options.retryAfter ?? String(options.retryAfterSeconds);
  return value === "" ? {} : { "Retry-After": value };
}
