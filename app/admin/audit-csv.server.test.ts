import { buffer } from "node:stream/consumers";
import { setImmediate } from "node:timers/promises";
import { expect, it } from "vitest";
import type { AuditEntry } from "#app/models/audit/audit-log.server.ts";
import { auditCsv } from "./audit-csv.server.ts";

const HEADER =
  "\ufefftime,kind,actor_id,actor_name,actor_email,subject_id,subject_name,subject_email,number_id,number_name,conversation_id,message_id,media_id,file_type,status,bytes,outcome,details,address,requests,seen\r\n";

const entry: AuditEntry = {
  source: "event",
  id: 1,
  at: new Date("2026-05-01T12:00:00.123Z"),
  kind: "user.renamed",
  actor: { id: 7, name: "Ada", email: "ada@acme.test" },
  subject: null,
  account: null,
  file: null,
  details: { from: "A, B", to: 'say "C"' },
  address: "203.0.113.7",
};

/** With its byte order mark, which a decoder would take off. */
const text = async (csv: NodeJS.ReadableStream) => (await buffer(csv)).toString();

async function* of<T>(...values: T[]) {
  yield* values;
}
const never = new AbortController().signal;

it("has a line for each entry, with the time in UTC", async () => {
  expect(await text(auditCsv(of(entry), never))).toBe(
    `${HEADER}2026-05-01T12:00:00.123Z,user.renamed,7,Ada,ada@acme.test,,,,,,,,,,,,,"{""from"":""A, B"",""to"":""say \\""C\\""""}",203.0.113.7,,\r\n`,
  );
});

it("tells of a fetch of a file all that there is", async () => {
  const file = {
    messageId: 12,
    conversationId: 5,
    mediaId: "922684793477189",
    type: "image",
    voice: false,
    status: 200,
    bytes: 83_000,
    requests: 3,
    outcome: "complete",
    seen: "likely" as const,
  };
  const account = { id: 3, name: "Acme Support" };
  const view = { ...entry, kind: "media.viewed", file, account, details: null, address: null };
  expect(await text(auditCsv(of(view), never))).toContain(
    ",3,Acme Support,5,12,922684793477189,image,200,83000,complete,,,3,likely\r\n",
  );
});

/** The fields of each line as RFC 4180 has them: whoever reads by it takes a bare line end for the line's. */
function read(csv: string): string[][] {
  const lines: string[][] = [[]];
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y;
  while (field.lastIndex < csv.length) {
    const at = field.lastIndex;
    const [, quoted, plain = "", end] = field.exec(csv) ?? [];
    if (end === undefined) throw new Error(`No field begins with ${csv.slice(at, at + 40)}`);
    lines.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain);
    if (end !== ",") lines.push([]);
  }
  return lines.slice(0, -1);
}

it.each(["a\nb", "a\rb", "a\r\nb", "b\n", "b\r", "a\n\rb", 'a"\n', "a,\nb"])(
  "keeps a text with line ends whole in each column: %j",
  async (wild) => {
    const person = { id: wild as never, name: wild, email: wild };
    const file = {
      ...{ messageId: wild as never, conversationId: wild as never, mediaId: wild, type: wild },
      ...{ voice: false, status: wild as never, bytes: wild as never, outcome: wild },
      ...{ requests: wild as never, seen: wild as never },
    };
    const account = { id: wild as never, name: wild };
    const row = { ...entry, kind: wild, actor: person, subject: person, account, file };
    const csv = await text(
      auditCsv(of({ ...row, details: { wild }, address: wild }, entry), never),
    );
    const [header, line, next, ...more] = read(csv);
    expect(line).toEqual(
      header?.map((column) => {
        if (column.endsWith("time")) return "2026-05-01T12:00:00.123Z";
        return column === "details" ? JSON.stringify({ wild }) : wild;
      }),
    );
    expect(next?.slice(1, 4)).toEqual(["user.renamed", "7", "Ada"]);
    expect(more).toEqual([]);
  },
);

// https://owasp.org/www-community/attacks/CSV_Injection
it.each(["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])(
  "lets a name that begins with %j be no formula",
  async (first) => {
    const name = `${first}1+1`;
    const csv = await text(auditCsv(of({ ...entry, actor: { ...entry, name, email: "" } }), never));
    expect(csv).toMatch(new RegExp(`,"?'${first.replace("+", "\\+")}1\\+1"?,`));
  },
);

it("has its header also when there is nothing", async () => {
  expect(await text(auditCsv(of<AuditEntry>(), never))).toBe(HEADER);
});

/** Entries without end, and how many were taken of them. */
function endless() {
  const state = { taken: 0, ended: false };
  async function* entries() {
    try {
      for (; ; state.taken++) yield entry;
    } finally {
      state.ended = true;
    }
  }
  return { state, entries: entries() };
}

it("reads no further than somebody reads it", async () => {
  const { state, entries } = endless();
  const csv = auditCsv(entries, never);
  for (let turn = 0; turn < 1_000; turn++) await setImmediate();
  expect(state.taken).toBeLessThan(500);
  csv.destroy();
});

it("F53 stops reading when its reader has left", async () => {
  const { state, entries } = endless();
  const leaving = new AbortController();
  const csv = auditCsv(entries, leaving.signal);
  await setImmediate();
  expect(state.taken).toBeGreaterThan(0);
  leaving.abort();
  for (let turn = 0; turn < 10; turn++) await setImmediate();
  expect(csv.destroyed).toBe(true);
  expect(state.ended).toBe(true);
});

it("breaks off, and never ends cleanly, when the entries can't be read on", async () => {
  async function* failing() {
    yield entry;
    throw new Error("no database");
  }
  await expect(text(auditCsv(failing(), never))).rejects.toThrow("no database");
});
