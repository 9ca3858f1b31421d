import { z } from "zod";
import { type DownloadFault, type DownloadFaultInput, downloadFaults } from "./download.ts";
import { type LookupFault, type LookupFaultInput, lookupFaults } from "./lookup.ts";

export type Fault = LookupFault | DownloadFault;
export type FaultInput = LookupFaultInput | DownloadFaultInput;

const faultSchema = z.discriminatedUnion("on", [
  z.discriminatedUnion("kind", variants("lookup", lookupFaults)),
  z.discriminatedUnion("kind", variants("download", downloadFaults)),
]);

/** A list of faults, most urgent first, from anybody's input. */
export const faultsSchema = z.array(faultSchema) as unknown as z.ZodType<Fault[]>;

function variants(on: string, table: Record<string, { options: z.ZodObject }>) {
  const made = Object.entries(table).map(([kind, { options }]) =>
    z.strictObject({
      ...options.shape,
      on: z.literal(on),
      kind: z.literal(kind),
      mediaId: z.string().min(1).optional(),
      times: z.number().int().min(1).optional(),
      when: z.literal(["range", "whole"]).optional(),
    }),
  );
  const [first, ...rest] = made;
  if (!first) throw new Error(`There is no fault for a ${on}.`);
  return [first, ...rest] as const;
}
