import { until } from "#bench/tools/until.ts";
import { startNode } from "#tests/support/app/program.ts";
import { findNginx, startNginx } from "./floor-nginx.ts";
import { type MediaApp, startMediaApp } from "./media-app.ts";
import { ACCESS_TOKEN, type Cdn } from "./media-cdn.ts";

export const NAMES = ["route", "bare", "nginx", "remix-serve"] as const;
export type Name = (typeof NAMES)[number];

/** A running program that hands on the CDN's files. */
export interface Contender {
  name: Name;
  pid: number;
  /** What to ask it for a file; good for at least four minutes. */
  request(mediaId: string): Promise<{ url: string; headers: Record<string, string> }>;
  stop(): Promise<unknown>;
}

/**
 * Starts all of them, in front of one CDN; nginx only where it is installed. Our server and
 * remix-serve run the same build on the same database.
 *
 * @param databaseUrl a new database
 * @param profileTo a folder for our server's CPU profile, written when it stops
 */
export async function startContenders(
  cdn: Cdn,
  databaseUrl: string,
  profileTo?: string,
): Promise<Contender[]> {
  const started: Contender[] = [];
  try {
    const nodeArgs = profileTo ? ["--cpu-prof", `--cpu-prof-dir=${profileTo}`] : [];
    started.push(serving("route", await startMediaApp(cdn, { databaseUrl, nodeArgs })));
    started.push(await startBare(cdn));
    const nginx = findNginx();
    if (nginx) started.push(passing("nginx", cdn, await startNginx(nginx, cdn.host, ACCESS_TOKEN)));
    const stock = { server: "remix-serve", databaseUrl, seed: false } as const;
    started.push(serving("remix-serve", await startMediaApp(cdn, stock)));
    return started;
  } catch (error) {
    for (const contender of started) await contender.stop();
    throw error;
  }
}

async function startBare(cdn: Cdn): Promise<Contender> {
  const program = startNode(["bench/media/floor-proxy.mjs"], {
    NODE_ENV: "production",
    UPSTREAM_URL: cdn.url,
    WHATSAPP_ACCESS_TOKEN: ACCESS_TOKEN,
  });
  await until(program, () => program.logs().length > 0);
  const url = String(program.logs()[0]?.address);
  const { pid = 0 } = program.process;
  return passing("bare", cdn, { url, pid, stop: () => program.stop(0) });
}

function serving(name: Name, { url, pid, headers, stop }: MediaApp): Contender {
  const request = async (mediaId: string) => ({ url: `${url}/media/${mediaId}`, headers });
  return { name, pid, request, stop };
}

function passing(
  name: Name,
  cdn: Cdn,
  { url, pid, stop }: { url: string; pid: number; stop(): Promise<unknown> },
): Contender {
  const request = async (mediaId: string) => ({
    url: url + (await cdn.lookUp(mediaId)),
    headers: {},
  });
  return { name, pid, request, stop };
}
