import { afterAll, afterEach, beforeAll, expect, onTestFailed } from "vitest";
import type { FaultInput } from "#simulator/faults/parse.ts";
import type { OutgoingMessage } from "#simulator/phone/send.ts";
import type { LoggedRequest } from "#simulator/request-log.ts";
import { type Simulator, startSimulator } from "#simulator/server.ts";
import { type App, type AppOptions, startApp } from "#tests/support/app/app.ts";
import { waitUntil } from "#tests/support/wait.ts";
import { headerProblem } from "./answer-headers.ts";
import { ask, type Client } from "./client.ts";
import { failureProblem } from "./failure-answer.ts";
import type { HttpAnswer } from "./http-answer.ts";
import { messageWith } from "./random-file.ts";

export const ACME_SUPPORT = "106540352242922";

/** A person's tap on a file, and what came of it. */
export interface Tap {
  mediaId: string;
  /** The bytes at WhatsApp. */
  file: Buffer;
  /** Undefined when the connection broke before the headers. */
  answer: HttpAnswer | undefined;
}

export interface TapOptions {
  faults?: FaultInput[];
  /** Default: 100,000 bytes of a photo. */
  size?: number;
  message?: Partial<OutgoingMessage>;
  client?: Client;
  /** Of another person than the admin. */
  cookie?: string;
}

/**
 * The built app for the tests of a file, with a WhatsApp that fails on demand and another host,
 * which must never be asked for anything: each test ends by checking that.
 */
export function hostileWhatsapp(options: () => Promise<AppOptions> = async () => ({})) {
  let app: App;
  let elsewhere: Simulator;
  let cookie: string;
  beforeAll(async () => {
    elsewhere = await startSimulator();
    app = await startApp(await options());
    cookie = await app.login("admin@acme.test");
  });
  afterEach(() => {
    app.simulator.faults.clear();
    expect(elsewhere.requests.list()).toEqual([]);
  });
  afterAll(async () => {
    await app?.stop();
    await app?.simulator.close();
    await elsewhere?.close();
  });

  return {
    app: () => app,
    cookie: () => cookie,
    elsewhere: () => elsewhere,
    tap,
    tapAgain,
    /** What the app asked WhatsApp about a file. */
    asked: ({ mediaId }: Pick<Tap, "mediaId">, role: LoggedRequest["role"]) =>
      app.simulator.requests
        .list()
        .filter((request) => request.mediaId === mediaId && request.role === role),
  };

  /** A customer sends a file, something goes wrong with it, and a person taps on it. */
  async function tap(options: TapOptions): Promise<Tap> {
    const { faults = [], size = 100_000, message } = options;
    const { simulator } = app;
    const photo = { kind: "photo", size, seed: 1, webhookHasHash: true } as const;
    const outgoing = { ...messageWith(photo, ACME_SUPPORT), ...message };
    const { status, mediaId } = await simulator.sendMessage(outgoing);
    expect(status).toBe(200);
    const content = simulator.media.get(mediaId ?? "")?.content;
    const file = Buffer.concat([...(content?.chunks(0, content.size) ?? [])]);
    for (const fault of faults) simulator.faults.add({ ...fault, mediaId: mediaId ?? "" });
    return tapAgain({ mediaId: mediaId ?? "", file }, options.client, options.cookie);
  }

  async function tapAgain(
    { mediaId, file }: Omit<Tap, "answer">,
    client: Client = {},
    as = cookie,
  ) {
    const { answer, endedBy } = await ask(`${app.url}/media/${mediaId}`, as, client);
    const seen = { mediaId, file, answer };
    onTestFailed(async () => {
      process.stderr.write(await explanation(seen));
    });
    expect(endedBy).not.toBe("timeout");
    return seen;
  }

  /** What the person got, what the app logged of it, and what WhatsApp was asked for. */
  async function explanation({ mediaId, file, answer }: Tap): Promise<string> {
    const { status, complete, body = Buffer.alloc(0) } = answer ?? {};
    const wrongAt = body.findIndex((byte, at) => byte !== file[at]);
    const got = { mediaId, status, complete, bytes: body.length, of: file.length, wrongAt };
    const isOfIt = (line: { mediaId?: unknown }) => line.mediaId === mediaId;
    const logged = () => app.logs().filter(isOfIt);
    const isOver = () => logged().some(({ event }) => event === "media.fetched");
    // The log is a moment behind the answer. What is never logged is no reason to fail differently.
    await waitUntil(isOver).catch(() => {});
    const lines = [...logged(), ...app.simulator.requests.list().filter(isOfIt)];
    return [got, ...lines].map((line) => `${JSON.stringify(line)}\n`).join("");
  }
}

/** The whole file came, or the part of it from `start` to `end`. */
export function expectFile({ answer, file }: Tap, start = 0, end = file.length): HttpAnswer {
  expect(answer).toMatchObject({ complete: true, surplus: 0 });
  if (!answer) throw new Error("There is no answer.");
  expect(answer.body.equals(file.subarray(start, end))).toBe(true);
  expect(headerProblem(answer)).toBeUndefined();
  return answer;
}

/** There is no file, and the answer says why without telling of our inside or WhatsApp's. */
export function expectFailure({ answer }: Tap, status: number, kind: string): HttpAnswer {
  const { "x-media-failure": failure } = answer?.headers ?? {};
  expect({ status: answer?.status, kind: failure }).toEqual({ status, kind });
  if (!answer) throw new Error("There is no answer.");
  expect(failureProblem(answer, "GET")).toBeUndefined();
  return answer;
}

/** A file began to come and the connection broke: nobody can take that for the whole. */
export function expectBrokenOff({ answer }: Tap): void {
  expect(answer?.status ?? 200).toBe(200);
  expect(answer?.complete ?? false).toBe(false);
}

/** Whatever came, nobody can take it for the file: it broke off, or it says that it failed. */
export function expectNoFile(tap: Tap): void {
  if (tap.answer?.complete) expectFailure(tap, 502, "upstream");
  else expectBrokenOff(tap);
}
