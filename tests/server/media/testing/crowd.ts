import { readFile } from "node:fs/promises";
import { request as httpRequest, type IncomingMessage } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { eq } from "drizzle-orm";
import { openDatabase } from "#db/open.server.ts";
import { companies } from "#db/schema.ts";
import { type App, startApp } from "#tests/support/app/app.ts";
import { copySeededFolder, seed } from "#tests/support/app/seed.ts";
import { removeTemporaryFolder, temporaryFolder } from "#tests/support/app/temporary-folder.ts";
import { addUser, TEST_PASSWORD } from "#tests/support/rows.server.ts";
import { METRICS_TOKEN } from "./aftermath.ts";

/** Of one person that many files at once are waited for, however long WhatsApp takes. */
export const WAITED_FOR = 4;
const COLLECTION_MS = 300;

export interface Crowd {
  app: App;
  /** The Cookie headers of the added people, by company. */
  cookies: Record<"Acme" | "Globex", string[]>;
  stop(): Promise<void>;
}

/** Starts the built app, whose memory can be told, with so many more admins in both seeded companies. */
export async function startWithCrowd(people: number): Promise<Crowd> {
  const { DATABASE_URL = "" } = process.env;
  const folder = DATABASE_URL ? undefined : temporaryFolder();
  if (folder) await copySeededFolder(folder);
  else await seed({ DATABASE_URL });
  const emails = await addPeople({ DATABASE_URL, DATA_DIR: folder ?? "" }, people);
  const app = await startApp({
    ...(folder && { dataDir: folder }),
    seed: false,
    env: { METRICS_TOKEN },
    nodeArgs: ["--expose-gc", "--import", "./tests/support/app/collect-on-signal.mjs"],
  });
  const signIn = (company: string[]) =>
    Promise.all(company.map((email) => app.login(email, TEST_PASSWORD)));
  const [Acme, Globex] = [await signIn(emails.Acme), await signIn(emails.Globex)];
  const stop = async () => {
    await app.stop();
    if (folder) removeTemporaryFolder(folder);
  };
  return { app, cookies: { Acme, Globex }, stop };
}

/** A client that takes the headers and then never reads: its socket stays open and unread. */
export function openStalled(url: string, cookie: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const asking = httpRequest(url, { agent: false, headers: { Cookie: cookie } });
    asking.once("response", (answer) => {
      answer.on("error", () => {});
      answer.pause();
      resolve(answer);
    });
    asking.once("error", reject);
    asking.end();
  });
}

/** So many of one person's, of whom the app waits for all. */
export async function openManyStalled(
  count: number,
  url: string,
  cookie: string,
): Promise<IncomingMessage[]> {
  const clients: IncomingMessage[] = [];
  while (clients.length < count) {
    const length = Math.min(WAITED_FOR, count - clients.length);
    clients.push(...(await Promise.all(Array.from({ length }, () => openStalled(url, cookie)))));
  }
  return clients;
}

export async function collectGarbage(app: App): Promise<void> {
  app.process.kill("SIGUSR2");
  await sleep(COLLECTION_MS);
}

export async function residentMegabytes({ pid }: App): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
}

async function addPeople(config: { DATABASE_URL: string; DATA_DIR: string }, people: number) {
  const { forOwner, forCompany, close } = await openDatabase(config);
  const addTo = async (name: string) => {
    const [company] = await forOwner().select().from(companies).where(eq(companies.name, name));
    const companyId = company?.id ?? 0;
    const scope = { db: forCompany(companyId), companyId };
    const users = Array.from({ length: people }, () => addUser(scope, { role: "admin" }));
    return (await Promise.all(users)).map(({ email }) => email);
  };
  try {
    return { Acme: await addTo("Acme"), Globex: await addTo("Globex") };
  } finally {
    await close();
  }
}
