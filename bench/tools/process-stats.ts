import { existsSync, readFileSync, writeFileSync } from "node:fs";

/** Linux has shown times to programs in this unit on every machine since 2.6 (proc(5)). */
const TICKS_PER_SECOND = 100;
const SAMPLE_MS = 100;
/** proc(5): resets the process's peak resident set to what it is now. */
const RESET_PEAK = "5";

/** What a process took while it was watched. */
export interface Usage {
  cpuSeconds: number;
  /** Peak of resident memory. */
  peakMegabytes: number;
}

/**
 * Begins to watch a process.
 *
 * @returns ends the watch; gives undefined where the system has no /proc
 */
export function watchUsage(pid: number): () => Usage | undefined {
  if (!existsSync(`/proc/${pid}/stat`)) return () => undefined;
  const before = cpuSeconds(pid);
  const peak = watchPeak(pid);
  return () => ({ cpuSeconds: cpuSeconds(pid) - before, peakMegabytes: peak() });
}

/** Resident now. @throws where there is no such process, or no /proc */
export function residentMegabytes(pid: number): number {
  return megabytesIn(readFileSync(`/proc/${pid}/status`, "utf8"), "VmRSS");
}

/** @param stat the content of /proc/PID/stat. @returns user and system time of all threads */
export function cpuSecondsIn(stat: string): number {
  // The program's name comes second, in brackets, and may hold spaces and brackets itself.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

/** @param status the content of /proc/PID/status */
export function megabytesIn(status: string, field: "VmRSS" | "VmHWM"): number {
  const kibibytes = new RegExp(`^${field}:\\s+(\\d+) kB$`, "m").exec(status)?.[1];
  return kibibytes ? (Number(kibibytes) * 1024) / 1e6 : Number.NaN;
}

function cpuSeconds(pid: number): number {
  return cpuSecondsIn(readFileSync(`/proc/${pid}/stat`, "utf8"));
}

/** The kernel's own peak, or, where resetting it is not allowed, the largest of samples. */
function watchPeak(pid: number): () => number {
  try {
    writeFileSync(`/proc/${pid}/clear_refs`, RESET_PEAK);
    return () => megabytesIn(readFileSync(`/proc/${pid}/status`, "utf8"), "VmHWM");
  } catch {
    let peak = residentMegabytes(pid);
    const timer = setInterval(() => {
      peak = Math.max(peak, residentMegabytes(pid));
    }, SAMPLE_MS);
    return () => {
      clearInterval(timer);
      return Math.max(peak, residentMegabytes(pid));
    };
  }
}
