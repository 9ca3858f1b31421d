import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

const SHOWN = 25;

interface CallFrame {
  functionName: string;
  url: string;
  lineNumber: number;
}

interface ProfileNode {
  id: number;
  callFrame: CallFrame;
  children?: number[];
}

/** As much as is needed of what `node --cpu-prof` writes. */
export interface CpuProfile {
  nodes: ProfileNode[];
  /** Node ids, one a sample. */
  samples: number[];
  /** Microseconds before each sample. */
  timeDeltas: number[];
}

export interface Share {
  name: string;
  /** Of all time that was not idle. */
  share: number;
}

/** Prints what took the time of the main thread: the largest profile in a folder. */
export function printProfile(folder: string): void {
  const files = readdirSync(folder).map((file) => path.join(folder, file));
  const texts = files.map((file) => ({ file, text: readFileSync(file, "utf8") }));
  const [largest] = texts.sort((a, b) => b.text.length - a.text.length);
  if (!largest) throw new Error(`There is no profile in ${folder}.`);
  const { byPackage, byFunction } = selfTimes(JSON.parse(largest.text));
  console.log(`\nOur server's CPU time, from its start to its end (${largest.file}), by package:`);
  for (const line of byPackage.slice(0, SHOWN)) print(line);
  console.log("\nBy function's own time:");
  for (const line of byFunction.slice(0, SHOWN)) print(line);
}

/** Each function's own time; native functions count for the package that called them. */
export function selfTimes({ nodes, samples, timeDeltas }: CpuProfile) {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const parents = new Map(nodes.flatMap((node) => node.children?.map((id) => [id, node]) ?? []));
  const times = new Map<number, number>();
  for (const [index, id] of samples.entries()) {
    times.set(id, (times.get(id) ?? 0) + (timeDeltas[index] ?? 0));
  }
  const packageName = (node: ProfileNode): string => {
    const caller = parents.get(node.id);
    const isCalled = caller !== undefined && parents.has(caller.id);
    return (
      packageOf(node.callFrame.url) ?? (isCalled ? packageName(caller) : titleOf(node.callFrame))
    );
  };
  const total = (nameOf: (node: ProfileNode) => string) => {
    const sums = new Map<string, number>();
    for (const [id, time] of times) {
      const node = byId.get(id);
      if (!node || node.callFrame.functionName === "(idle)") continue;
      const name = nameOf(node);
      sums.set(name, (sums.get(name) ?? 0) + time);
    }
    return sharesOf(sums);
  };
  return {
    byPackage: total(packageName),
    byFunction: total(({ callFrame }) => titleOf(callFrame)),
  };
}

function sharesOf(times: Map<string, number>): Share[] {
  const all = [...times.values()].reduce((sum, time) => sum + time, 0);
  return [...times]
    .map(([name, time]) => ({ name, share: time / all }))
    .sort((a, b) => b.share - a.share);
}

/** Node's own files, such as node:net, are packages too; native code has no file. */
function packageOf(url: string): string | undefined {
  if (!url || url.startsWith("node:")) return url || undefined;
  const [, name] = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url) ?? [];
  return name ?? path.basename(url);
}

function titleOf({ functionName, url, lineNumber }: CallFrame): string {
  const name = functionName || "(anonymous)";
  if (!url) return name;
  return `${name} ${url.split("/").slice(-2).join("/")}:${lineNumber + 1}`;
}

function print({ name, share }: Share): void {
  console.log(`${(100 * share).toFixed(1).padStart(5)} % ${name}`);
}
