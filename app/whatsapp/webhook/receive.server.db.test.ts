import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { eq } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeDatabase, forDuty } from "#app/process/database.server.ts";
import type { DutyDb } from "#db/handles.server.ts";
import { openDatabase } from "#db/open.server.ts";
import { messages, webhookQuarantine } from "#db/schema.ts";
import { db } from "#db/testing/owner.ts";
import { addCompany } from "#tests/support/company.ts";
import { oddJson } from "#tests/support/odd-json.ts";
import {
  APP_SECRET,
  contact,
  formAnswer,
  image,
  PHONE_NUMBER_ID,
  pickedFile,
  signature,
  text,
  webhook,
  webhookRequest,
} from "#tests/support/webhooks.ts";
import { receiveWebhook } from "./receive.server.ts";

/** A folder of recorded webhooks (CONTRIBUTING.md). */
const SAMPLES = process.env.WHATSAPP_WEBHOOKS ?? "";
let companyId = 0;

beforeAll(async () => {
  ({ companyId } = await addCompany(db, PHONE_NUMBER_ID));
});
afterAll(closeDatabase);

const post = (body: unknown) =>
  receiveWebhook(webhookRequest(body), { db: forDuty("webhook"), secrets: [APP_SECRET] });

/** A database that fails the test when it is asked for anything. */
const untouchable = new Proxy({} as DutyDb, {
  get: () => {
    throw new Error("The database was asked.");
  },
});

describe("receiving a webhook", () => {
  it("F1 F2 refuses what Meta did not sign, without asking the database", async () => {
    const body = JSON.stringify(webhook([text("wamid.unsigned")]));
    const receiver = { db: untouchable, secrets: [APP_SECRET] };
    for (const wrong of ["", "sha256=0", signature(`${body} `), signature(body, "other")]) {
      const request = webhookRequest(body, { "x-hub-signature-256": wrong });
      expect((await receiveWebhook(request, receiver)).status).toBe(401);
    }
    const request = webhookRequest(body, { "x-hub-signature": "sha1=0" });
    request.headers.delete("x-hub-signature-256");
    expect((await receiveWebhook(request, receiver)).status).toBe(401);
  });

  it("F5 takes both secrets while one replaces the other", async () => {
    for (const secret of ["new-secret", "old-secret"]) {
      const body = JSON.stringify(webhook([text(`wamid.${secret}`)]));
      const headers = { "x-hub-signature-256": signature(body, secret) };
      const receiver = { db: forDuty("webhook"), secrets: ["new-secret", "old-secret"] };
      expect((await receiveWebhook(webhookRequest(body, headers), receiver)).status).toBe(200);
    }
  });

  it("F7 refuses a body over 4 MiB, and takes one just under it", async () => {
    const size = 4 * 1024 * 1024;
    const filler = (length: number) =>
      JSON.stringify(webhook([], { messages: [], x: "" })).replace(
        '"x":""',
        `"x":"${"y".repeat(length)}"`,
      );
    expect((await post(filler(size))).status).toBe(413);
    expect((await post(filler(size - 1000))).status).toBe(200);
  });

  it("F8 quarantines a signed body that is not JSON, once", async () => {
    const before = await db.$count(webhookQuarantine);
    for (const body of ["{", "", Buffer.from([0xff, 0x00]), "{"]) {
      expect((await post(body)).status).toBe(200);
    }
    expect((await db.$count(webhookQuarantine)) - before).toBe(3);
    const kept = await db
      .select({ body: webhookQuarantine.body })
      .from(webhookQuarantine)
      .where(eq(webhookQuarantine.reason, "not JSON"));
    expect(kept.map(({ body }) => Buffer.from(body).toString("hex")).sort()).toEqual([
      "",
      "7b",
      "ff00",
    ]);
  });

  it("F19 answers 503 while the database is down, so that Meta tries again", async () => {
    const dead = await openDatabase({
      DATABASE_URL: "postgres://test@127.0.0.1:1/test",
      DATA_DIR: "unused",
    });
    for (const body of [webhook([text("wamid.later")]), "not JSON"]) {
      const response = await receiveWebhook(webhookRequest(body), {
        db: dead.forDuty("webhook"),
        secrets: [APP_SECRET],
      });
      expect(response.status).toBe(503);
      expect(Number(response.headers.get("retry-after"))).toBeGreaterThan(0);
    }
    await dead.close();
  });

  it("answers 500 to a fault of our own, and logs where it was", async () => {
    const lines: object[] = [];
    const note = (line: object) => void lines.push(line);
    const response = await receiveWebhook(webhookRequest(webhook([text("wamid.canary")])), {
      db: untouchable,
      secrets: [APP_SECRET],
      log: { info: note, warn: note, error: note },
    });
    expect(response.status).toBe(500);
    expect(lines).toMatchObject([
      { event: "webhook.failed", error: "Error", at: expect.stringMatching(/^at /) },
    ]);
  });

  it("F95 logs figures and ids, never a person's words, name or number", async () => {
    const lines: object[] = [];
    const note = (line: object) => void lines.push(line);
    const log = { info: note, warn: note, error: note };
    const from = "15550100066";
    const sent = [
      text("wamid.log.1", { from, text: { body: "canary words" } }),
      image("wamid.log.2", { from }, { caption: "canary caption" }),
      text("wamid.log.3", { from, id: undefined }),
      formAnswer(
        "wamid.log.4",
        { canary: [pickedFile("71", { file_name: "canary.jpg" })] },
        { from },
      ),
    ];
    const statuses = [{ id: "wamid.0", status: "read" }];
    const body = webhook(sent, { contacts: [contact(from, "canary name")], statuses });
    await receiveWebhook(webhookRequest(body), {
      db: forDuty("webhook"),
      secrets: [APP_SECRET],
      log,
    });
    const dead = await openDatabase({ DATABASE_URL: "postgres://t@127.0.0.1:1/t", DATA_DIR: "x" });
    await receiveWebhook(webhookRequest(body), {
      db: dead.forDuty("webhook"),
      secrets: [APP_SECRET],
      log,
    });
    await dead.close();
    expect(lines).toEqual([
      { event: "webhook.media_received", mediaId: "622684793477189", type: "image", companyId },
      { event: "webhook.media_received", mediaId: "71", type: "image", companyId },
      {
        event: "webhook.received",
        messages: 3,
        duplicates: 0,
        statuses: 1,
        quarantined: 1,
        events: 0,
        bytes: JSON.stringify(body).length,
        ms: expect.any(Number),
      },
      { event: "webhook.failed", status: 503, code: "ECONNREFUSED" },
    ]);
    expect(JSON.stringify(lines)).not.toMatch(/canary|15550100066/);
  });

  it("F9 answers 200 to odd webhooks of every kind", async () => {
    const body = webhook([text("wamid.odd.1"), image("wamid.odd.2"), text("x", { type: "odd" })]);
    await fc.assert(
      fc.asyncProperty(oddJson(body, 6), async (odd) => {
        expect((await post(odd)).status).toBe(200);
      }),
      { numRuns: 100 },
    );
  });

  it.runIf(SAMPLES)(
    "takes every webhook of the folder WHATSAPP_WEBHOOKS, for known numbers too",
    async () => {
      const samples = readdirSync(SAMPLES, { recursive: true, encoding: "utf8" })
        .filter((name) => name.endsWith(".json"))
        .map((name) => ({ name, body: readFileSync(path.join(SAMPLES, name)) }));
      const numbers = samples.flatMap(({ body }) =>
        [...body.toString().matchAll(/"phone_number_id":\s*"([^"]+)"/g)].map(
          (match) => match[1] ?? "",
        ),
      );
      const failed: string[] = [];
      const postAll = async () => {
        for (const { name, body } of samples) {
          const { status } = await post(body);
          if (status !== 200) failed.push(`${name}: ${status}`);
        }
      };
      await postAll();
      const before = await db.$count(messages);
      await addCompany(db, ...new Set(numbers.filter((n) => n !== PHONE_NUMBER_ID)));
      await postAll();
      expect(failed).toEqual([]);
      expect(await db.$count(messages)).toBeGreaterThan(before);
    },
  );
});
