import { expect, it } from "vitest";
import { failureNotices } from "#app/media/file/failure.ts";
import type { FaultInput } from "#simulator/faults/parse.ts";
import type { Client, Seen } from "./client.ts";
import { calmSchedule } from "./fault-schedule.ts";
import type { HttpAnswer } from "./http-answer.ts";
import { verdict } from "./verdict.ts";

const FILE = Buffer.from("0123456789");
const HEADERS = {
  "cache-control": "no-store, no-transform",
  "content-security-policy": "default-src 'none'; sandbox",
  "content-type": "image/jpeg",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
};
const BROKEN: FaultInput[] = [{ on: "download", kind: "gone" }];

const file = (fields: Partial<HttpAnswer> = {}, headers: Record<string, string> = {}) => ({
  ...{ status: 200, body: FILE, complete: true, surplus: 0 },
  ...fields,
  headers: { ...HEADERS, ...headers },
});

const part = (contentRange: string, text: string) =>
  file({ status: 206, body: Buffer.from(text) }, { "content-range": contentRange });

function failure(kind: keyof typeof failureNotices, headers = {}, body: object = {}) {
  const { status, message: title, retryable } = failureNotices[kind];
  return file(
    { status, body: Buffer.from(JSON.stringify({ title, status, kind, retryable, ...body })) },
    { "content-type": "application/problem+json", "x-media-failure": kind, ...headers },
  );
}

function judge(
  answer: HttpAnswer | undefined,
  options: { faults?: FaultInput[]; client?: Client; endedBy?: Seen["endedBy"] } = {},
) {
  const { faults = [], client = {}, endedBy = "server" } = options;
  const schedule = { ...calmSchedule(1), faults };
  const size = FILE.length;
  const sized = { ...schedule, file: { ...schedule.file, size } };
  return verdict(sized, client, FILE, { answer, endedBy });
}

const RANGE: Client = { range: "bytes=2-4" };

it.each([
  ["200 complete", file(), {}],
  ["200 complete", file({}, { "content-length": "10", "accept-ranges": "bytes" }), {}],
  ["200 complete", file(), { client: RANGE }],
  ["206 complete", part("bytes 2-4/10", "234"), { client: RANGE }],
  [
    "200 complete",
    file({ body: Buffer.alloc(0) }, { "content-length": "10" }),
    { client: { method: "HEAD" } },
  ],
  ["200 broken off", file({ complete: false, body: FILE.subarray(3) }), { faults: BROKEN }],
  ["broken before headers", undefined, { faults: BROKEN }],
  ["left before headers", undefined, { endedBy: "client" }],
  ["200 left", file({ complete: false, body: FILE.subarray(0, 3) }), { endedBy: "client" }],
  ["502 upstream", failure("upstream"), { faults: BROKEN }],
  ["503 throttled", failure("throttled", { "retry-after": "5" }), { faults: BROKEN }],
  ["416 range", failure("range"), { client: { range: "bytes=10-" } }],
] as const)("takes a right answer for %s", (outcome, answer, options) => {
  expect(judge(answer, options as Parameters<typeof judge>[1])).toEqual({ outcome });
});

it.each([
  ["other bytes", file({ body: Buffer.from("012345678x") }), { faults: BROKEN }],
  ["other bytes", file({ body: FILE.subarray(0, 9) }), { faults: BROKEN }],
  ["other bytes", file({ body: Buffer.from("x") }), { endedBy: "client" }],
  ["2 bytes follow", file({ surplus: 2 }), {}],
  ["never ended", file(), { endedBy: "timeout" }],
  ["broke off", file({ complete: false }), {}],
  ["no answer", undefined, { faults: [{ on: "lookup", kind: "slow" }] }],
  ["length is 11", file({}, { "content-length": "11" }), { client: { method: "HEAD" } }],
  ["bytes 2-4/10", part("bytes 2-4/10", "234"), {}],
  ["bytes 2-4/11", part("bytes 2-4/11", "234"), { client: RANGE }],
  ["bytes 3-4/10", part("bytes 3-4/10", "34"), { client: RANGE }],
  ["other bytes", part("bytes 2-4/10", "345"), { client: RANGE }],
  ["set-cookie", file({}, { "set-cookie": "a=b" }), {}],
  ["cache-control", file({}, { "cache-control": "public" }), {}],
  ["though nothing was wrong", failure("upstream"), {}],
  ["though nothing was wrong", failure("range"), { faults: BROKEN, client: RANGE }],
  ["though nothing was wrong", failure("range"), { faults: BROKEN }],
  ["failure is internal", failure("internal"), { faults: BROKEN }],
  ["failure is null", { ...failure("upstream"), headers: HEADERS }, { faults: BROKEN }],
  ["gone is a 502", { ...failure("gone"), status: 502 }, { faults: BROKEN }],
  ["problem+json", failure("gone", { "content-type": "text/html" }), { faults: BROKEN }],
  ["Retry-After", failure("throttled"), { faults: BROKEN }],
  ["Retry-After", failure("gone", { "retry-after": "soon" }), { faults: BROKEN }],
  ["inside", failure("gone", {}, { detail: "connect 127.0.0.1:3001" }), { faults: BROKEN }],
  ["body is", failure("gone", {}, { kind: "upstream" }), { faults: BROKEN }],
  ["x-fb-debug", failure("gone", { "x-fb-debug": "1" }), { faults: BROKEN }],
] as const)("finds %j wrong", (problem, answer, options) => {
  expect(judge(answer, options as Parameters<typeof judge>[1])).toMatchObject({
    problem: expect.stringContaining(problem),
  });
});
