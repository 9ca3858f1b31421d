import { z } from "zod";
import { type DownloadFault, type DownloadFaultInput, downloadFaults } from "./download.ts";
import { type LookupFault, type LookupFaultInput, lookupFaults } from "./lookup.ts";
import { type SendFault, type SendFaultInput, sendFaults } from "./send.ts";
import { type UploadFault, type UploadFaultInput, uploadFaults } from "./upload.ts";

export type Fault = LookupFault | DownloadFault | SendFault | UploadFault;
export type FaultInput = LookupFaultInput | DownloadFaultInput | SendFaultInput | UploadFaultInput;

const times = z.number().int().min(1).optional();
const id = z.string().min(1).optional();
const accepted = z.boolean().optional();
const ofFile = { times, mediaId: id, when: z.literal(["range", "whole"]).optional() };

const faultSchema = z.discriminatedUnion("on", [
  z.discriminatedUnion("kind", variants("lookup", lookupFaults, ofFile)),
  z.discriminatedUnion("kind", variants("download", downloadFaults, ofFile)),
  z.discriminatedUnion("kind", variants("send", sendFaults, { times, accepted, recipient: id })),
  z.discriminatedUnion("kind", variants("upload", uploadFaults, { times, accepted })),
]);

/** A list of faults, most urgent first, from anybody's input. */
export const faultsSchema = z.array(faultSchema) as unknown as z.ZodType<Fault[]>;

function variants(
  on: string,
  table: Record<string, { options: z.ZodObject }>,
  scope: z.ZodRawShape,
) {
  const made = Object.entries(table).map(([kind, { options }]) =>
    z.strictObject({ ...options.shape, ...scope, on: z.literal(on), kind: z.literal(kind) }),
  );
  const [first, ...rest] = made;
  if (!first) throw new Error(`There is no fault for a ${on}.`);
  return [first, ...rest] as const;
}
