import { afterAll, beforeAll, expect, it } from "vitest";
import { engine } from "#app/process/database.server.ts";
import { ADMIN_SECTIONS } from "#app/ui/admin/admin-sections.ts";
import { type Cluster, startCluster } from "#db/testing/cluster.ts";
import { createDatabase } from "#db/testing/databases.ts";
import { findServerBinaries } from "#db/testing/server.ts";
import { startSimulator } from "#simulator/server.ts";
import { type App, startApp } from "#tests/support/app/app.ts";
import {
  type Answer,
  commentsOf,
  createRecorder,
  DATABASE_PASSWORD,
  foundIn,
  PASSWORDS,
  type Recorder,
  receive,
  refusePoison,
  SECRETS,
  TYPED,
  WORDS,
} from "./testing/canaries.ts";

const ORIGIN = "https://inbox.test";

const canStopDatabase = engine === "postgres" && findServerBinaries() !== undefined;

let app: App;
let cluster: Cluster | undefined;
beforeAll(async () => {
  const simulator = await startSimulator({
    accessToken: SECRETS.WHATSAPP_ACCESS_TOKEN,
    appSecret: SECRETS.WHATSAPP_APP_SECRET,
    retryDelaysMs: [],
  });
  cluster = canStopDatabase ? await startCluster() : undefined;
  const url = cluster && new URL(await createDatabase(cluster.url));
  if (url) url.password = DATABASE_PASSWORD;
  app = await startApp({
    simulator,
    databaseUrl: url?.href ?? "",
    env: { ...SECRETS, APP_ORIGIN: ORIGIN, LOG_LEVEL: "trace" },
  });
  if (url) await refusePoison(url.href);
});
afterAll(async () => {
  await app?.stop();
  await app?.simulator.close();
  await cluster?.stop();
});

it("F95 no secret and nobody's words are in a log, an error, a comment or another's answer", async () => {
  const record = createRecorder(app.url, ORIGIN);
  const cookie = await signIn(record);
  const stranger = await app.login("agent@globex.test");
  const agent = { Cookie: cookie };
  const { mediaId } = await receive(app, record);
  const list = await record.get("/conversations", agent);
  const conversation = / href="(\/conversations\/\d+)/.exec(list.body)?.[1] ?? "";
  const form = /form=([\w-]{43})/.exec(list.body)?.[1] ?? "";
  expect(list.body).toContain(WORDS.name);
  expect(form).toHaveLength(43);

  await browse(record, agent, conversation, mediaId);
  await reply(record, agent, conversation);
  await misuse(record, { Cookie: stranger }, conversation, mediaId);
  await misuse(record, {}, conversation, mediaId);
  await misuse(record, { Cookie: cookie.replace(";", "x;") }, conversation, mediaId);
  if (cluster) {
    await cluster.shutDown();
    await browse(record, agent, conversation, mediaId);
    await reply(record, agent, conversation);
    await misuse(record, agent, conversation, mediaId);
    await receive(app, record);
    expect(record.answers.filter(({ status }) => status >= 500).length).toBeGreaterThan(5);
  }
  await app.stop();

  const log = app.output();
  expect(log).toContain("server.stopped");
  const cookieValues = [cookie, stranger].map((sent) => sent.split(/[=.]/)[1] ?? "");
  const secrets = [...Object.values(SECRETS), DATABASE_PASSWORD, ...Object.values(PASSWORDS)];
  const words = Object.values(WORDS);
  const typed = Object.values(TYPED);
  expect(foundIn(log, [...secrets, ...words, ...typed, ...cookieValues, form, "test@127"])).toEqual(
    [],
  );
  for (const answer of record.answers) {
    const { what, headers, body } = answer;
    expect(foundIn(headers + body, secrets), what).toEqual([]);
    expect(foundIn(body, cookieValues), what).toEqual([]);
    expect(foundIn(commentsOf(body), [...words, ...typed, form]), what).toEqual([]);
    expect(foundIn(headers, [form]), what).toEqual([]);
    if (mayShowWords(answer, agent)) continue;
    expect(foundIn(headers + body, words), what).toEqual([]);
  }
});

type Headers = Record<string, string>;

async function signIn(record: Recorder): Promise<string> {
  const { right, wrong } = PASSWORDS;
  await record.get("/login");
  const email = "agent@acme.test";
  await record.post("/login", { email, password: wrong });
  await record.post("/login", { email: wrong, password: right });
  await record.post("/login", JSON.stringify({ email, password: right }), {
    "Content-Type": "application/json",
  });
  await record.post("/login", `${right}\r\n--x`, {
    "Content-Type": "multipart/form-data; boundary=x",
  });
  return app.login(email, right);
}

async function browse(record: Recorder, agent: Headers, conversation: string, mediaId: string) {
  const { faults } = app.simulator;
  const paths = ["/conversations", conversation, `${conversation}/news?after=0`, "/expiring"];
  paths.push("/account", ...ADMIN_SECTIONS.map(({ path }) => path), "/admin/audit.csv");
  const files = [`/media/${mediaId}`, `/media/${mediaId}/view`, `${conversation}?reveal=2`];
  for (const path of [...paths, ...files]) await record.get(path, agent);
  await record.get(`${conversation}.data`, agent);
  await record.get(`/conversations?q=${TYPED.search}`, agent);
  await record.get(`/conversations?q=${WORDS.text}`, agent);
  // What an upstream host might say.
  const token = `Bearer ${SECRETS.WHATSAPP_ACCESS_TOKEN}`;
  for (const [status, code] of [
    [400, 100],
    [401, 190],
    [500, 2],
    [429, 130429],
  ] as const) {
    const error = { message: token, code, error_data: { details: token }, fbtrace_id: token };
    const body = JSON.stringify({ error });
    faults.add({ on: "lookup", kind: "malformed", status, body });
    for (const path of files) await record.get(path, agent);
    faults.clear();
    faults.add({ on: "send", kind: "malformed", status, body });
    await reply(record, agent, conversation);
    faults.clear();
  }
  faults.add({ on: "lookup", kind: "fields", fields: { url: `http://${TYPED.address}.test/` } });
  for (const path of files) await record.get(path, agent);
  faults.clear();
}

async function reply(record: Recorder, agent: Headers, conversation: string) {
  const text = TYPED.reply;
  await record.post(conversation, { key: crypto.randomUUID(), text }, agent);
  await record.post(conversation, { key: text, text }, agent);
  await record.post(conversation, { intent: text, message: text }, agent);
}

/** Requests of somebody who may see nothing, or that nobody should send. */
async function misuse(record: Recorder, who: Headers, conversation: string, mediaId: string) {
  const { address } = TYPED;
  const { text } = WORDS;
  const token = { Authorization: `Bearer ${address}` };
  for (const path of ["", "/nowhere", "/news?after=0", ".data", `?q=${address}`]) {
    await record.get(conversation + path, who);
  }
  for (const path of [
    `/nowhere?q=${address}`,
    `/nowhere.data?q=${address}`,
    `/%zz?q=${address}`,
    "/events/x",
    "/setup",
    `/invite/1.${address}`,
    "/account",
    "/admin/people",
    "/admin/audit",
    "/admin/audit.csv",
  ]) {
    await record.get(path, who);
    await record.post(path, { text }, who);
  }
  for (const path of [
    `/media/${mediaId}`,
    `/media/${mediaId}/view`,
    `/media/nowhere?t=${address}`,
  ]) {
    await record.get(path, who);
    await record.post(path, { text }, who);
  }
  await record.get("/metrics", { ...who, ...token });
  await record.get("/metrics", { ...who, Authorization: `Bearer ${SECRETS.METRICS_TOKEN}` });
  await record.get("/ready", who);
  await record.post("/lite", { lite: "on", back: `//${address}.test` }, who);
  await record.post("/logout", { text }, { ...who, Origin: `https://${address}.test` });
  await record.post("/login", { email: text, password: PASSWORDS.wrong }, who);
}

/** What one of the company's own people asked for, and got. */
function mayShowWords({ sent, status }: Answer, agent: Headers): boolean {
  return sent.Cookie === agent.Cookie && status < 500;
}
