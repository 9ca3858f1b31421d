import postgres from "postgres";
import type { App } from "#tests/support/app/app.ts";
import { contact, message, on, webhook } from "#tests/support/webhooks.ts";

const ACME_SUPPORT = "106540352242922";

/** Nobody may read these anywhere. */
export const SECRETS = {
  SESSION_SECRET: "canary-session-secret-canary-session-secret",
  WHATSAPP_APP_SECRET: "canary-app-secret",
  WHATSAPP_VERIFY_TOKEN: "canary-verify-token",
  WHATSAPP_ACCESS_TOKEN: "canary-access-token",
  METRICS_TOKEN: "canary-metrics-token",
};
export const DATABASE_PASSWORD = "canary-database-password";
export const PASSWORDS = { right: "demo-password", wrong: "canary-wrong-password" };
/** What people write, and who they are: for their own company's pages alone. */
export const WORDS = {
  text: "canarywordstext",
  name: "Canarywords Name",
  caption: "canarywordscaption",
  filename: "canarywordsfile.pdf",
  phone: "15550107707",
  poison: "canarywordspoison",
};
/** What somebody who asks types may come back to them, and go no further. */
export const TYPED = {
  reply: "canarytypedreply",
  search: "canarytypedsearch",
  address: "canarytypedaddress",
};

export interface Answer {
  /** The request's line, for a failing test. */
  what: string;
  sent: Record<string, string>;
  status: number;
  /** A line each, names in lower case. */
  headers: string;
  body: string;
}

/** Asks an app, and keeps all that it answers. */
export function createRecorder(url: string, origin: string) {
  const answers: Answer[] = [];

  async function ask(path: string, init: RequestInit & { headers: Record<string, string> }) {
    const response = await fetch(url + path, { ...init, redirect: "manual" });
    const answer = {
      what: `${init.method ?? "GET"} ${path} ${response.status}`,
      sent: init.headers,
      status: response.status,
      headers: [...response.headers].map(([name, value]) => `${name}: ${value}`).join("\n"),
      body: await response.text(),
    };
    answers.push(answer);
    return answer;
  }

  return {
    answers,
    get: (path: string, headers: Record<string, string> = {}) => ask(path, { headers }),
    /** A form's fields, or a body of its own type. */
    post: (
      path: string,
      body: Record<string, string> | string,
      headers: Record<string, string> = {},
    ) =>
      ask(path, {
        method: "POST",
        headers: { Origin: origin, ...headers },
        body: typeof body === "string" ? body : new URLSearchParams(body),
      }),
    /** Signed as Meta does it. */
    webhook: async ({ simulator }: App, raw: string) => {
      const { status, body } = await simulator.postWebhook(raw, { retry: false });
      answers.push({
        what: `webhook ${raw.slice(0, 80)}`,
        sent: {},
        status: status ?? 0,
        headers: "",
        body,
      });
    },
  };
}

export type Recorder = ReturnType<typeof createRecorder>;

/** Webhooks: good, repeated, odd, of nobody's number, unsigned, and one that the database refuses. */
export async function receive(app: App, record: Recorder) {
  const { text, name, caption, filename, phone: from, poison } = WORDS;
  const to = ACME_SUPPORT;
  const file = { kind: "document", to, from, name, caption, filename, retry: false } as const;
  const { mediaId } = await app.simulator.sendMessage(file);
  const contacts = [contact(from, name)];
  const said = (body: string, fields: object = {}) =>
    message("text", { body }, { from, id: `wamid.${body}`, timestamp: "1744344496", ...fields });
  const value = on(to, { contacts });
  const thought = {
    field: "telepathy",
    value: { ...value, thoughts: text, calls: [{ from: text }] },
  };
  const bodies = [
    webhook([said(text)], value),
    webhook([said(text)], value),
    webhook([said(text, { id: { text } }), { text }, text], value),
    webhook([said(text)], on("999999999999999", { contacts })),
    webhook([said(poison), said(`${poison}\u0000`, { timestamp: text })], value),
    { object: "whatsapp_business_account", entry: [{ id: "102290129340398", changes: [thought] }] },
    { object: text, entry: text },
  ].map((body) => JSON.stringify(body));
  for (const body of [...bodies, `{"${text}`, text]) await record.webhook(app, body);
  await record.post("/webhooks/whatsapp", JSON.stringify({ text }), { "X-Hub-Signature-256": "x" });
  const hub = { "hub.mode": "subscribe", "hub.verify_token": text, "hub.challenge": "1" };
  await record.get(`/webhooks/whatsapp?${new URLSearchParams(hub)}`);
  return { mediaId: mediaId ?? "" };
}

/** PostgreSQL then tells the whole row that it refuses. */
export async function refusePoison(url: string): Promise<void> {
  const sql = postgres(url, { max: 1 });
  const words = `'%${WORDS.poison}%'`;
  await sql.unsafe(`alter table messages add constraint poison check (body not like ${words})`);
  await sql.end();
}

export function commentsOf(html: string): string {
  return [...html.matchAll(/<!--.*?-->/gs)].join("\n");
}

export function foundIn(text: string, canaries: readonly string[]): string[] {
  const lower = text.toLowerCase();
  return canaries.filter((canary) => canary && lower.includes(canary.toLowerCase()));
}
