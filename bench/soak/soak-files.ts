import type { Cdn } from "#bench/media/media-cdn.ts";

/** How many files there are of each size. */
const HEALTHY = [
  { bytes: 10_000, count: 8 },
  { bytes: 100_000, count: 8 },
  { bytes: 1_000_000, count: 6 },
  { bytes: 5_000_000, count: 4 },
  { bytes: 20_000_000, count: 2 },
];
const FAULTY_BYTES = 2_000_000;
const HALF = { afterBytes: FAULTY_BYTES / 2 };
/** What the simulator does at every request for such a file. */
const FAULTS = [
  { on: "download", kind: "truncate", ...HALF },
  { on: "download", kind: "stall", ...HALF },
  { on: "download", kind: "serverError", status: 503 },
  { on: "download", kind: "wrongHash" },
  { on: "lookup", kind: "serverError", status: 500 },
  { on: "lookup", kind: "gone" },
] as const;

export interface SoakFile {
  path: string;
  bytes: number;
  /** What is wrong with it; undefined when nothing is. */
  fault: string | undefined;
}

/** Sends all files of a soak, and tells the simulator what is wrong with some. */
export async function sendFiles(cdn: Cdn): Promise<SoakFile[]> {
  const files: SoakFile[] = [];
  for (const { bytes, count } of HEALTHY) {
    for (let index = 0; index < count; index++) {
      files.push({ path: `/media/${await cdn.send(bytes)}`, bytes, fault: undefined });
    }
  }
  const faults = [];
  for (const fault of FAULTS) {
    const mediaId = await cdn.send(FAULTY_BYTES);
    faults.push({ ...fault, mediaId });
    const name = `${fault.on} ${fault.kind}`;
    files.push({ path: `/media/${mediaId}`, bytes: FAULTY_BYTES, fault: name });
  }
  await cdn.control("PUT", "faults", faults);
  return files;
}
