import { writeFileSync } from "node:fs";
import path from "node:path";
import { until } from "#bench/tools/until.ts";
import { startApp } from "#tests/support/app/app.ts";
import { startNode } from "#tests/support/app/program.ts";
import { removeTemporaryFolder, temporaryFolder } from "#tests/support/app/temporary-folder.ts";
import type { PageServer } from "./pages-load.ts";
import { buffersOf } from "./pages-plan.ts";
import type { Statement } from "./pages-statements.ts";

export interface Program extends PageServer {
  pid: number;
  stop(): Promise<unknown>;
}

/** The built app on a filled database, asked by a signed-in agent. */
export async function startOurs(databaseUrl: string): Promise<Program> {
  const app = await startApp({ databaseUrl, seed: false });
  const headers = { cookie: await app.login("agent@acme.test") };
  return { url: app.url, pid: app.pid, headers, stop: app.stop };
}

/** A page as our server wrote it, and what it asked the database for it. */
export interface Captured {
  path: string;
  html: string;
  statements: Statement[];
}

/** Pages of 8 kB that PostgreSQL touched for it. */
export function buffersOfAll({ statements }: Pick<Captured, "statements">): number {
  return statements.reduce((sum, { plan }) => sum + (plan ? buffersOf(plan) : 0), 0);
}

/** The bare server on the same database. */
export async function startFloor(
  databaseUrl: string,
  pages: readonly Captured[],
): Promise<Program> {
  const folder = temporaryFolder();
  const file = path.join(folder, "pages.json");
  writeFileSync(file, JSON.stringify(pages.map(withoutPlans)));
  const program = startNode(["bench/pages/floor-pages.mjs"], {
    ...{ NODE_ENV: "production", DATABASE_URL: databaseUrl, PAGES: file },
  });
  const address = () => program.logs().find((line) => "address" in line)?.address;
  await until(program, () => address() !== undefined);
  removeTemporaryFolder(folder);
  const { pid = 0 } = program.process;
  return { url: String(address()), pid, headers: {}, stop: () => program.stop(0) };
}

function withoutPlans({ statements, ...page }: Captured) {
  return { ...page, statements: statements.map(({ text, parameters }) => ({ text, parameters })) };
}
