import { readFile } from "node:fs/promises";

/**
 * How many connections Linux has broken for want of memory since it started, whoever's they were.
 * On a machine where other tests hold many stalled streams, a healthy one can be among them.
 */
export async function connectionsBrokenByKernel(): Promise<number> {
  const lines = (await readFile("/proc/net/netstat", "utf8")).split("\n");
  const [names = [], values = []] = lines
    .filter((line) => line.startsWith("TcpExt:"))
    .map((line) => line.split(" "));
  return Number(values[names.indexOf("TCPAbortOnMemory")] ?? 0);
}
