import { asc, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeDatabase } from "#app/process/database.server.ts";
import { contacts, conversations, messages, webhookQuarantine } from "#db/schema.ts";
import { db } from "#db/testing/owner.ts";
import { addCompany } from "#tests/support/company.ts";
import {
  change,
  contact,
  image,
  PHONE_NUMBER_ID,
  text,
  webhook,
  webhookRequest,
} from "#tests/support/webhooks.ts";
import { action, loader } from "./webhooks.whatsapp.ts";

const SECOND_NUMBER = "106540352242923";
let companyId = 0;

beforeAll(async () => {
  ({ companyId } = await addCompany(db, PHONE_NUMBER_ID, SECOND_NUMBER));
});
afterAll(closeDatabase);

const handle = (handler: typeof loader | typeof action, request: Request) =>
  handler({ request, params: {}, context: {} });
const get = (query: string, method = "GET") =>
  handle(loader, new Request(`http://localhost/webhooks/whatsapp${query}`, { method }));
const post = (body: unknown) => handle(action, webhookRequest(body));
const messageWith = async (wamid: string) =>
  (await db.select().from(messages).where(eq(messages.wamid, wamid)).orderBy(asc(messages.id)))[0];
const rows = async () =>
  [
    await db.$count(messages),
    await db.$count(contacts),
    await db.$count(webhookQuarantine),
  ] as const;

describe("GET /webhooks/whatsapp", () => {
  const query = "?hub.mode=subscribe&hub.challenge=0012&hub.verify_token=test-verify-token";

  it("F6 answers the right token with the challenge, as plain text", async () => {
    const response = await get(query);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toMatch(/^text\/plain/);
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(await response.text()).toBe("0012");
  });

  it("F6 refuses everything else", async () => {
    for (const wrong of ["", query.replace("test-", "wrong-"), `${query}&hub.mode=subscribe`]) {
      const response = await get(wrong);
      expect(response.status).toBe(403);
      expect(await response.text()).not.toMatch(/0012|wrong-/);
    }
  });

  it("refuses other methods and names those it takes", async () => {
    for (const method of ["PUT", "PATCH", "DELETE"]) {
      const request = new Request("http://localhost/webhooks/whatsapp", { method });
      const response = await handle(action, request);
      expect([response.status, response.headers.get("allow")]).toEqual([405, "GET, POST"]);
    }
    for (const method of ["HEAD", "OPTIONS"]) expect((await get(query, method)).status).toBe(405);
  });
});

describe("POST /webhooks/whatsapp", () => {
  it("stores what WhatsApp sent and answers 200", async () => {
    const response = await post(webhook([text("wamid.first"), image("wamid.image")]));
    expect(response.status).toBe(200);
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(await messageWith("wamid.first")).toMatchObject({ companyId, body: "Hello" });
    expect(await messageWith("wamid.image")).toMatchObject({ mediaId: "622684793477189" });
  });

  it("F3 takes emoji and every way to escape them", async () => {
    const raw = JSON.stringify(webhook([text("wamid.raw", { text: { body: "😀 a/b ä @<%" } })]));
    const escaped = raw
      .replace("wamid.raw", "wamid.escaped")
      .replaceAll("/", "\\/")
      .replace(/[^\x20-\x7e]|[@<%]/g, (unit) =>
        [...Array(unit.length).keys()]
          .map((index) => `\\u${unit.charCodeAt(index).toString(16).padStart(4, "0")}`)
          .join(""),
      );
    expect((await post(raw)).status).toBe(200);
    expect((await post(escaped)).status).toBe(200);
    expect((await messageWith("wamid.raw"))?.body).toBe("😀 a/b ä @<%");
    expect((await messageWith("wamid.escaped"))?.body).toBe("😀 a/b ä @<%");
  });

  it("F9 survives depth, __proto__, duplicate keys and huge strings", async () => {
    const deep = `${"[".repeat(500_000)}${"]".repeat(500_000)}`;
    const bodies = [
      deep,
      `{"entry":${deep}}`,
      JSON.stringify(webhook([text("wamid.deep", { type: "odd" })])).replace(
        '"type":"odd"',
        `"type":"odd","odd":${deep}`,
      ),
      JSON.stringify(webhook([text("wamid.proto")])).replace(
        '"type"',
        '"__proto__":{"polluted":1},"type"',
      ),
      JSON.stringify(webhook([text("wamid.twice")])).replace('"type"', '"id":"wamid.last","type"'),
      JSON.stringify(webhook([text("wamid.huge", { text: { body: "y".repeat(3_000_000) } })])),
    ];
    for (const body of bodies) expect((await post(body)).status).toBe(200);
    expect(JSON.stringify((await messageWith("wamid.deep"))?.payload)).toContain("too deeply");
    expect(await messageWith("wamid.proto")).toMatchObject({ type: "text" });
    expect(await messageWith("wamid.last")).toBeDefined();
    expect((await messageWith("wamid.huge"))?.body).toHaveLength(3_000_000);
    expect("polluted" in {}).toBe(false);
  });

  it("F10 keeps an unknown type as unsupported and acknowledges an unknown field", async () => {
    const hologram = text("wamid.hologram", { type: "hologram", hologram: { id: "1" } });
    const unknown = { field: "telepathy", value: { thoughts: [] } };
    const body = { entry: [{ id: "1", changes: [unknown, change([hologram])] }] };
    expect((await post(body)).status).toBe(200);
    expect(await messageWith("wamid.hologram")).toMatchObject({
      type: "unsupported",
      payload: hologram,
    });
  });

  it("F11 answers 200 to a number that is nobody's and keeps the message aside", async () => {
    const before = await rows();
    const value = { metadata: { phone_number_id: "123456123" } };
    expect((await post(webhook([text("ABGGFlA5Fpa")], value))).status).toBe(200);
    const after = await rows();
    expect([after[0] - before[0], after[2] - before[2]]).toEqual([0, 1]);
  });

  it("F12 stores a text with U+0000 and lone surrogates, and those beside it", async () => {
    const odd = "a\u0000b\ud83d";
    const bad = text("wamid.nul", { text: { body: odd } });
    const unsupported = text("wamid.nul-payload", { type: "odd", [odd]: [odd] });
    const names = { contacts: [contact("15550100077", odd)] };
    const file = image(
      "wamid.nul-caption",
      { from: "15550100077" },
      { caption: odd, filename: odd },
    );
    expect((await post(webhook([bad, unsupported, file, text("wamid.good")], names))).status).toBe(
      200,
    );
    expect((await messageWith("wamid.nul"))?.body).toBe("a\uFFFDb\uFFFD");
    expect((await messageWith("wamid.nul-payload"))?.payload).toMatchObject({
      "a\uFFFDb\uFFFD": ["a\uFFFDb\uFFFD"],
    });
    expect((await messageWith("wamid.nul-caption"))?.mediaCaption).toBe("a\uFFFDb\uFFFD");
    expect(await messageWith("wamid.good")).toBeDefined();
    expect((await post(webhook([bad], { metadata: { phone_number_id: odd } }))).status).toBe(200);
  });

  it("F13 handles each of 1,000 updates for several businesses and numbers", async () => {
    const batch = (prefix: string) =>
      Array.from({ length: 250 }, (_, index) => text(`wamid.${prefix}.${index}`));
    const second = { metadata: { phone_number_id: SECOND_NUMBER } };
    const before = await rows();
    const body = {
      entry: [
        { id: "1", changes: [change(batch("a")), change(batch("b"), second)] },
        { id: "2", changes: [change(batch("c")), change(batch("d"), second)] },
      ],
    };
    expect((await post(body)).status).toBe(200);
    expect((await rows())[0] - before[0]).toBe(1000);
  });

  it("F14 F15 F23 stores the same POST, sent 50 times at once and again, once", async () => {
    const from = "15550100088";
    const album = [1, 2, 3].map((part) => image(`wamid.album.${part}`, { from }));
    const body = webhook(album, { contacts: [contact(from, "Ben")] });
    const before = await rows();
    const responses = await Promise.all(Array.from({ length: 50 }, () => post(body)));
    expect(new Set(responses.map(({ status }) => status))).toEqual(new Set([200]));
    expect((await post(body)).status).toBe(200);
    const after = await rows();
    expect([after[0] - before[0], after[1] - before[1]]).toEqual([3, 1]);
    expect(
      await db
        .select()
        .from(conversations)
        .innerJoin(contacts, eq(contacts.id, conversations.contactId))
        .where(eq(contacts.waId, from)),
    ).toHaveLength(1);
  });
});
