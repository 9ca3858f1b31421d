import os from "node:os";

/** A Markdown table, with a line break at its end. */
export function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]) {
  const lines = [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |\n`);
  return lines.join("");
}

/** A figure for a table; a dash where there is none. */
export function figure(value: number | undefined, digits: number): string {
  return value === undefined || Number.isNaN(value) ? "–" : value.toFixed(digits);
}

export function today(): string {
  return new Date().toISOString().slice(0, 10);
}

const [loadAtStart = Number.NaN] = os.loadavg();

/** What the figures were measured on, and what else it was doing: the load before the bench began. */
export function machine(): string {
  const cores = os.cpus();
  const system = os.platform();
  return `Node ${process.version}, ${cores.length} cores (${cores[0]?.model}), ${system}, load average before it ${figure(loadAtStart, 1)}`;
}

/**
 * A new report with the last section of the earlier one: the part that people write.
 *
 * @param heading its whole line, such as "## Where the time goes"
 */
export function withKeptSection(report: string, earlier: string, heading: string): string {
  const start = `\n${earlier}`.indexOf(`\n${heading}\n`);
  const kept = start < 0 ? `${heading}\n\nNot written yet.\n` : earlier.slice(start);
  return `${report}\n${kept}`;
}
