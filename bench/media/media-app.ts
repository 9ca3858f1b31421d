import type { ChildProcess } from "node:child_process";
import { type AppOptions, startApp } from "#tests/support/app/app.ts";
import { ACCESS_TOKEN, type Cdn } from "./media-cdn.ts";

/** The built app in front of the simulated WhatsApp, with an agent signed in. */
export interface MediaApp {
  url: string;
  pid: number;
  process: ChildProcess;
  /** Of the agent, for any file that the CDN sent. */
  headers: { Cookie: string };
  stop(): Promise<unknown>;
}

/** Starts the app; the CDN's webhooks go to the one that was started last. */
export async function startMediaApp(
  cdn: Cdn,
  options: Pick<AppOptions, "server" | "databaseUrl" | "seed" | "nodeArgs" | "env">,
): Promise<MediaApp> {
  const app = await startApp({
    ...options,
    env: {
      WHATSAPP_GRAPH_URL: cdn.url,
      WHATSAPP_MEDIA_HOSTS: cdn.host,
      WHATSAPP_ACCESS_TOKEN: ACCESS_TOKEN,
      ...options.env,
    },
  });
  // It logs as in production, but millions of lines must not pile up here.
  app.process.stdout?.removeAllListeners("data").resume();
  await cdn.control("PUT", "settings", { webhookUrl: `${app.url}/webhooks/whatsapp` });
  const headers = { Cookie: await app.login("agent@acme.test") };
  return { url: app.url, pid: app.pid, process: app.process, headers, stop: app.stop };
}
