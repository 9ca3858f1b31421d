import { readFile } from "node:fs/promises";
import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { engine } from "#app/process/database.server.ts";
import { type BareDatabase, openBareDatabase } from "#db/testing/bare-database.ts";
import { pendingMigrations } from "./migrations.server.ts";

const { entries } = JSON.parse(await readFile("db/migrations/meta/_journal.json", "utf8"));
const LOOKASIDE = "https://lookaside.fbsbx.com/whatsapp_business/attachments/";

describe("the migrations", () => {
  let bare: BareDatabase;
  beforeEach(async () => {
    bare = await openBareDatabase();
  });
  afterEach(() => bare.close());

  it("bring any older database up to date, and change nothing the second time", async () => {
    expect(await pendingMigrations(bare.db)).toBe(entries.length);
    await bare.migrate(1);
    expect(await pendingMigrations(bare.db)).toBe(entries.length - 1);
    await bare.migrate();
    expect(await pendingMigrations(bare.db)).toBe(0);
    await bare.migrate();
    expect(await bare.db.$count(sql`drizzle.__drizzle_migrations`)).toBe(entries.length);
  });

  it("leave the database of a newer version alone", async () => {
    await bare.migrate();
    await bare.db.execute(
      sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('newer', 9999999999999)`,
    );
    await bare.migrate();
    expect(await pendingMigrations(bare.db)).toBe(0);
    expect(await bare.db.$count(sql`drizzle.__drizzle_migrations`)).toBe(entries.length + 1);
  });

  if (engine === "postgres") {
    it("F92 take turns when several processes start at once", async () => {
      await Promise.all([bare.migrate(), bare.migrate(), bare.migrate()]);
      expect(await bare.db.$count(sql`drizzle.__drizzle_migrations`)).toBe(entries.length);
    });

    it("F92 give up when they can't lock a table, and leave no trace", async () => {
      await bare.migrate(1);
      await bare.db.transaction(async (tx) => {
        await tx.execute(sql`lock table messages in access share mode`);
        await expect(bare.migrate()).rejects.toMatchObject({ cause: { code: "55P03" } });
      });
      expect(await pendingMigrations(bare.db)).toBe(entries.length - 1);
    });
  }
});

describe("a message from before the media columns", () => {
  const cases: { name: string; url: string | null; type: string | null; becomes: Pointer }[] = [
    ...(
      [
        ["a WhatsApp URL", `${LOOKASIDE}?mid=1234567890&ext=1700000000&hash=abc`, "1234567890"],
        ["mid in the middle", `${LOOKASIDE}?ext=1700000000&mid=1234567890&hash=abc`, "1234567890"],
        ["mid at the end", `${LOOKASIDE}?ext=1700000000&mid=1234567890`, "1234567890"],
        ["mid before a fragment", `${LOOKASIDE}?mid=1234567890#top`, "1234567890"],
        ["an id beyond 2^53", `${LOOKASIDE}?mid=98765432109876543210`, "98765432109876543210"],
        ["an upper-case host", "HTTPS://LOOKASIDE.FBSBX.COM/x/?mid=1234567890", "1234567890"],
        ["a WhatsApp URL without mid", `${LOOKASIDE}?ext=1700000000&hash=abc`, null],
        ["a parameter that only ends in mid", `${LOOKASIDE}?amid=1234567890`, null],
        ["an id of another shape", `${LOOKASIDE}?mid=12%2F..%2F34`, null],
        ["an id that is too long", `${LOOKASIDE}?mid=${"1".repeat(129)}`, null],
        ["an empty id", `${LOOKASIDE}?mid=&ext=1`, null],
        ["another host with mid", "https://files.example.test/?mid=1234567890", null],
        ["a host that only begins alike", "https://lookaside.fbsbx.com.example.test/?mid=1", null],
        ["a host that only ends alike", "https://notlookaside.fbsbx.com/?mid=1", null],
        ["a WhatsApp URL inside another", `https://example.test/?to=${LOOKASIDE}&mid=1`, null],
        ["plain http", "http://lookaside.fbsbx.com/?mid=1234567890", null],
      ] as const
    ).map(([name, url, mediaId]) => ({ name, url, type: null, becomes: { mediaId } })),
    ...(
      [
        ["image/jpeg", "image/jpeg"],
        ["IMAGE/JPEG", "image/jpeg"],
        ["audio/ogg; codecs=opus", "audio/ogg; codecs=opus"],
        ["image", null],
        ["image/", null],
        ["/", null],
        ["", null],
      ] as const
    ).map(([type, mimeType]) => ({
      name: `the type ${JSON.stringify(type)}`,
      url: null,
      type,
      becomes: { mimeType },
    })),
    { name: "neither URL nor type", url: null, type: null, becomes: {} },
  ];

  let bare: BareDatabase;
  beforeAll(async () => {
    bare = await openBareDatabase();
    await bare.migrate(1);
    await insertConversation(bare.db);
    for (const { name, url, type } of cases) {
      await bare.db.execute(sql`
        insert into messages (company_id, account_id, conversation_id, wamid, direction, type,
          media_url, media_type, sent_at)
        select company_id, account_id, id, ${name}, 'inbound', 'image', ${url}, ${type}, now()
        from conversations`);
    }
    await bare.migrate();
  });
  afterAll(() => bare.close());

  it.each(cases)("keeps of $name what names its media", async ({ name, url, type, becomes }) => {
    const [message] = await bare.db
      .select({
        mediaId: sql`media_id`,
        mimeType: sql`media_mime_type`,
        caption: sql`media_caption`,
        url: sql`media_url`,
        type: sql`media_type`,
      })
      .from(sql`messages`)
      .where(sql`wamid = ${name}`);
    expect(message).toEqual({
      mediaId: null,
      mimeType: null,
      caption: null,
      url,
      type,
      ...becomes,
    });
  });

  it("keeps its sender findable by phone number", async () => {
    const identities = await bare.db
      .select({ kind: sql`kind`, value: sql`value`, endedAt: sql`ended_at` })
      .from(sql`contact_identities`);
    expect(identities).toEqual([{ kind: "phone", value: "15550100001", endedAt: null }]);
  });
});

describe("a form's answer from before its files were kept", () => {
  let bare: BareDatabase;
  afterAll(() => bare.close());

  it("has its files where they can be asked for, and everything else as it was", async () => {
    bare = await openBareDatabase();
    await bare.migrate(8);
    await insertConversation(bare.db);
    const hash = "SfInY0gGKTsJlUWbwxC1k+FAD0FZHvzwfpvO0zX0GUI=";
    const photo = (id: unknown, fields = {}) => ({
      ...{ id, mime_type: "image/jpeg", file_name: "a\u202eb.jpg", sha256: hash, ...fields },
    });
    const answers = {
      good: JSON.stringify({
        flow_token: "t",
        photos: [photo("71"), photo("../etc"), "odd", photo("71")],
        plate: "AB 123",
        paper: photo("72", { mime_type: "application/pdf", file_name: null, sha256: "x" }),
        choice: { id: "73", title: "Blue" },
      }),
      broken: "{",
      list: "[1]",
      nul: '{"photos":[{"id":"74","mime_type":"image/jpeg","file_name":"\\u0000"}]}',
      none: null,
    };
    for (const [wamid, response_json] of Object.entries(answers)) {
      const payload = JSON.stringify({ type: "nfm_reply", nfm_reply: { response_json } });
      await bare.db.execute(sql`
        insert into messages (company_id, account_id, conversation_id, wamid, direction, type,
          payload, sent_at, created_at)
        select company_id, account_id, id, ${wamid}, 'inbound', 'interactive', ${payload}::jsonb,
          now(), '2026-05-01T12:00:00Z'
        from conversations`);
    }
    await bare.migrate();
    const files = await bare.db
      .select({
        wamid: sql`m.wamid`,
        position: sql`f.position`,
        mediaId: sql`f.media_id`,
        kind: sql`f.kind`,
        filename: sql`f.filename`,
        sha256: sql`f.sha256`,
        isOfItsTime: sql`f.created_at = m.created_at and f.account_id = m.account_id`,
      })
      .from(
        sql`message_files f join messages m on m.company_id = f.company_id and m.id = f.message_id`,
      )
      .orderBy(sql`f.position`);
    const sha256 = Buffer.from(hash, "base64").toString("hex");
    const common = { wamid: "good", isOfItsTime: true };
    expect(files).toEqual([
      { ...common, position: 1, mediaId: "71", kind: "image", filename: "ab.jpg", sha256 },
      { ...common, position: 4, mediaId: "72", kind: "document", filename: null, sha256: null },
    ]);
    const named = await bare.db
      .select({ wamid: sql`wamid`, filename: sql`media_filename`, payload: sql`payload is null` })
      .from(sql`messages`)
      .where(sql`media_filename is not null or payload is null`);
    expect(named).toEqual([{ wamid: "good", filename: "ab.jpg", payload: false }]);
  });
});

async function insertConversation(db: BareDatabase["db"]): Promise<void> {
  await db.execute(sql`insert into companies (name) values ('Acme')`);
  await db.execute(sql`
    insert into whatsapp_accounts (company_id, phone_number_id, display_phone_number, name)
    select id, '106540352242922', '+1 555 010 0001', 'Support' from companies`);
  await db.execute(sql`
    insert into contacts (company_id, wa_id) select id, '15550100001' from companies`);
  await db.execute(sql`
    insert into conversations (company_id, account_id, contact_id)
    select a.company_id, a.id, c.id from whatsapp_accounts a, contacts c`);
}

interface Pointer {
  mediaId?: string | null;
  mimeType?: string | null;
}
