import { buffer } from "node:stream/consumers";
import { setImmediate } from "node:timers/promises";
import { expect, it } from "vitest";
import type { AuditEntry } from "#app/models/audit/audit-log.server.ts";
import { auditCsv } from "./audit-csv.server.ts";

const HEADER =
  "\ufefftime,kind,actor_id,actor_name,actor_email,subject_id,subject_name,subject_email,number_id,number_name,conversation_id,message_id,media_id,file_type,status,bytes,outcome,details,address\r\n";

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
    `${HEADER}2026-05-01T12:00:00.123Z,user.renamed,7,Ada,ada@acme.test,,,,,,,,,,,,,"{""from"":""A, B"",""to"":""say \\""C\\""""}",203.0.113.7\r\n`,
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
    outcome: "complete",
  };
  const account = { id: 3, name: "Acme Support" };
  const view = { ...entry, kind: "media.viewed", file, account, details: null, address: null };
  expect(await text(auditCsv(of(view), never))).toContain(
    ",3,Acme Support,5,12,922684793477189,image,200,83000,complete,,\r\n",
  );
});

it.each(["=", "+", "-", "@", "\t", "\r", "＝"])(
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
