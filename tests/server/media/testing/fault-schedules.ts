import { type Simulator, startSimulator } from "#simulator/server.ts";
import type { App } from "#tests/support/app/app.ts";
import { METRICS_TOKEN, quietApp } from "./aftermath.ts";
import { ask } from "./client.ts";
import { calmSchedule, type FaultSchedule, faultSchedule } from "./fault-schedule.ts";
import { connectionsBrokenByKernel } from "./kernel.ts";
import { messageWith } from "./random-file.ts";
import { verdict } from "./verdict.ts";

/** Where files come in. WhatsApp's throttling of one number must not reach the other's files. */
const NUMBERS = { usual: "106540352242922", throttled: "106540352242923" };
const ROUND = 1_000;
const MOST_PROBLEMS = 10;

const brokenBefore = await connectionsBrokenByKernel();

/** What an app needs for {@link runFaultSchedules} to see inside. */
export const faultScheduleEnv = { METRICS_TOKEN, LOG_LEVEL: "info" };

export interface FaultReport {
  /** How often what happened to a person: the status and how it ended. */
  outcomes: Record<string, number>;
  /** The first few, each with the seed and the whole of its schedule. */
  problems: string[];
}

/**
 * Lets people ask a running app for files while its simulated WhatsApp fails at random, and checks
 * that nobody gets wrong bytes for right ones, and that nothing is left over afterwards.
 *
 * @param options.app started with {@link faultScheduleEnv}, with the demo's people and numbers
 * @param options.seed the first schedule's; each further one has the next. A failing one's own seed
 *   with one schedule makes it again
 */
export async function runFaultSchedules(options: {
  app: App;
  schedules: number;
  seed: number;
  concurrency: number;
}): Promise<FaultReport> {
  const { app, schedules, seed, concurrency } = options;
  const elsewhere = await startSimulator();
  try {
    const report: FaultReport = { outcomes: {}, problems: [] };
    const cookie = await app.login("admin@acme.test");
    const run = (schedule: FaultSchedule) => runSchedule(app, cookie, schedule, report);
    await inParallel(concurrency, concurrency, (index) => run(calmSchedule(seed + index)));
    const aftermath = await quietApp(app, concurrency);
    for (let done = 0; done < schedules && report.problems.length === 0; done += ROUND) {
      const round = Math.min(ROUND, schedules - done);
      await inParallel(round, concurrency, (index) =>
        run(faultSchedule(seed + done + index, elsewhere.url)),
      );
      report.problems.push(...(await aftermath.problems()), ...leaks(elsewhere));
      app.simulator.requests.clear();
    }
    report.problems.splice(MOST_PROBLEMS);
    return report;
  } finally {
    await elsewhere.close();
  }
}

async function runSchedule(
  app: App,
  cookie: string,
  schedule: FaultSchedule,
  { outcomes, problems }: FaultReport,
): Promise<void> {
  const { media, faults } = app.simulator;
  const isThrottled = schedule.faults.some(({ kind }) => kind === "throttle");
  const number = NUMBERS[isThrottled ? "throttled" : "usual"];
  const sent = await app.simulator.sendMessage(messageWith(schedule.file, number));
  const mediaId = sent.mediaId ?? "";
  const content = media.get(mediaId)?.content;
  if (sent.status !== 200 || !content) throw new Error(`The webhook was answered ${sent.status}.`);
  const file = Buffer.concat([...content.chunks(0, content.size)]);
  for (const fault of schedule.faults) faults.add({ ...fault, mediaId });
  await Promise.all(
    schedule.clients.map(async (client) => {
      const seen = await ask(`${app.url}/media/${mediaId}`, cookie, client);
      const result = verdict(schedule, client, file, seen);
      const outcome = "outcome" in result ? result.outcome : await excuse(result);
      const counted = outcome ?? "PROBLEM";
      outcomes[counted] = (outcomes[counted] ?? 0) + 1;
      if ("problem" in result && outcome === undefined) {
        problems.push(`${result.problem}: ${JSON.stringify(schedule)}\n${logged(app, mediaId)}`);
      }
    }),
  );
  faults.clear(mediaId);
  media.delete(mediaId);
}

/** @returns undefined when nobody but the app can have done it */
async function excuse({ broken }: { broken?: true }): Promise<string | undefined> {
  const byKernel = broken && (await connectionsBrokenByKernel()) > brokenBefore;
  return byKernel ? "broken by the kernel" : undefined;
}

/** What the app wrote of this file so far. */
function logged(app: App, mediaId: string): string {
  const lines = app.output().split("\n");
  return lines.filter((line) => line.includes(mediaId)).join("\n");
}

/** The token must not have left for a host that nobody allowed. */
function leaks({ requests }: Simulator): string[] {
  return requests.list().map(({ path, hasBearer }) => {
    return `another host was asked for ${path}${hasBearer ? ", with the token" : ""}`;
  });
}

async function inParallel(
  count: number,
  concurrency: number,
  work: (index: number) => Promise<void>,
) {
  let next = 0;
  const worker = async () => {
    while (next < count) await work(next++);
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
}
