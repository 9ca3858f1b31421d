import { readFile } from "node:fs/promises";
import { request as httpRequest, type IncomingMessage } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { openDatabase } from "#db/open.server.ts";
import { companies } from "#db/schema.ts";
import { type App, startApp } from "#tests/support/app/app.ts";
import { copySeededFolder, seed } from "#tests/support/app/seed.ts";
import { removeTemporaryFolder, temporaryFolder } from "#tests/support/app/temporary-folder.ts";
import { addUser, TEST_PASSWORD } from "#tests/support/rows.server.ts";

/** A company may have 512 files open at once, and a person 128. */
const COMPANIES = [
  { name: "Acme", number: "106540352242922", bystander: "admin@acme.test" },
  { name: "Globex", number: "206540352242922", bystander: "agent@globex.test" },
];
const PEOPLE = 4;
const TAPS = 125;
const MB = 1024 * 1024;
/** Time for a thousand streams to fill every buffer between WhatsApp and the clients. */
const SETTLE_MS = 5_000;

const { DATABASE_URL } = process.env;
const folder = DATABASE_URL ? undefined : temporaryFolder();
let app: App;
let emails: string[][];

beforeAll(async () => {
  if (folder) await copySeededFolder(folder);
  else await seed({ DATABASE_URL: DATABASE_URL ?? "" });
  emails = await addPeople();
  app = await startApp({
    ...(folder && { dataDir: folder }),
    seed: false,
    nodeArgs: ["--expose-gc", "--import", "./tests/support/app/collect-on-signal.mjs"],
  });
}, 60_000);
afterAll(async () => {
  await app?.stop();
  if (folder) removeTemporaryFolder(folder);
});

it("F54 F55 a thousand clients that never read a 100 MB file cost less than 200 MB, and everyone else is served", async () => {
  const { simulator } = app;
  const files = await Promise.all(
    COMPANIES.map(({ number: to }) =>
      simulator.sendMessage({ kind: "video", to, syntheticBytes: 100 * MB }),
    ),
  );
  const cookies = await Promise.all(
    emails.map((company) => Promise.all(company.map((email) => app.login(email, TEST_PASSWORD)))),
  );
  await collectGarbage();
  const before = await residentMegabytes();

  const clients: IncomingMessage[] = [];
  for (const [index, people] of cookies.entries()) {
    for (const cookie of people) {
      const path = `/media/${files[index]?.mediaId}`;
      const tap = () => openStalled(path, cookie);
      clients.push(...(await Promise.all(Array.from({ length: TAPS }, tap))));
    }
  }
  expect(clients).toHaveLength(COMPANIES.length * PEOPLE * TAPS);
  expect(new Set(clients.map(({ statusCode }) => statusCode))).toEqual(new Set([200]));
  await sleep(SETTLE_MS);
  expect(simulator.requests.open()).toHaveLength(clients.length);
  await collectGarbage();
  expect((await residentMegabytes()) - before).toBeLessThan(200);

  for (const { number: to, bystander } of COMPANIES) {
    const { mediaId } = await simulator.sendMessage({ kind: "document", to, syntheticBytes: MB });
    const headers = { Cookie: await app.login(bystander) };
    const file = await fetch(`${app.url}/media/${mediaId}`, { headers });
    expect(file.status).toBe(200);
    expect((await file.arrayBuffer()).byteLength).toBe(MB);
    expect((await fetch(`${app.url}/conversations`, { headers })).status).toBe(200);
  }
  for (const client of clients) client.destroy();
  await vi.waitFor(() => expect(simulator.requests.open()).toEqual([]), { timeout: 30_000 });
}, 120_000);

async function addPeople(): Promise<string[][]> {
  const { forOwner, forCompany, close } = await openDatabase({
    DATABASE_URL,
    DATA_DIR: folder ?? "",
  });
  try {
    return await Promise.all(
      COMPANIES.map(async ({ name }) => {
        const [company] = await forOwner().select().from(companies).where(eq(companies.name, name));
        const companyId = company?.id ?? 0;
        const scope = { db: forCompany(companyId), companyId };
        const people = Array.from({ length: PEOPLE }, () => addUser(scope, { role: "admin" }));
        return (await Promise.all(people)).map(({ email }) => email);
      }),
    );
  } finally {
    await close();
  }
}

/** A client that takes the headers and then never reads: its socket stays open and unread. */
function openStalled(path: string, cookie: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const asking = httpRequest(app.url + path, { agent: false, headers: { Cookie: cookie } });
    asking.once("response", (answer) => {
      answer.on("error", () => {});
      answer.pause();
      resolve(answer);
    });
    asking.once("error", reject);
    asking.end();
  });
}

async function collectGarbage(): Promise<void> {
  app.process.kill("SIGUSR2");
  await sleep(300);
}

async function residentMegabytes(): Promise<number> {
  const status = await readFile(`/proc/${app.pid}/status`, "utf8");
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
}
