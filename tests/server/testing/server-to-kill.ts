import { type App, startApp } from "#tests/support/app/app.ts";
import { freePort } from "#tests/support/app/free-port.ts";

/** The built app, which can be killed and started again: its address and its database stay. */
export interface ServerToKill {
  /** Where it takes webhooks. */
  webhooks: string;
  /** The one that runs now. */
  app(): App;
  /** SIGKILL at once, then the wait for the next one; one call after another. */
  killAndRestart(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * @param database a PostgreSQL database, or the folder of an embedded one; with the accounts that
 *   the webhooks are for
 */
export async function startServerToKill(
  database: { databaseUrl: string } | { dataDir: string },
): Promise<ServerToKill> {
  const env = { PORT: String(await freePort()) };
  const start = () => startApp({ ...database, seed: false, env });
  let app = await start();
  let restarted: Promise<unknown> = Promise.resolve();
  const killAndRestart = async () => {
    app.process.kill("SIGKILL");
    await app.stop();
    app = await start();
  };
  return {
    webhooks: `${app.url}/webhooks/whatsapp`,
    app: () => app,
    killAndRestart: () => {
      const next = restarted.then(killAndRestart);
      restarted = next.catch(() => {});
      return next;
    },
    stop: async () => {
      await restarted;
      await app.stop();
    },
  };
}
