import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { closeDatabase } from "#app/process/database.server.ts";
import { rows } from "#db/raw-sql/rows.server.ts";
import { db } from "#db/testing/owner.ts";
import { scansOf } from "#db/testing/scans.ts";
import { addAccount, addInbox, addUser } from "#tests/support/rows.server.ts";
import { listUnopenedFiles } from "../inbox/unopened-files.server.ts";
import type { CompanyScope } from "../scope.server.ts";
import { createSession, findSessionUser } from "../sessions/sessions.server.ts";
import { findMedia, findMediaForSession } from "./media.server.ts";
import { recordMediaViews } from "./media-views.server.ts";

const FILES = 20_000;
const FEW = 200;
const NOW = new Date();

let scope: CompanyScope;
let accountIds: number[];
let admin: { id: number };

afterAll(closeDatabase);

/** A company with thousands of files, half of them of forms. */
beforeAll(async () => {
  const inbox = await addInbox(db);
  ({ scope } = inbox);
  accountIds = [inbox.account.id, (await addAccount(scope)).id];
  admin = await addUser(scope, { role: "admin" });
  const expiresAt = new Date(NOW.getTime() + 60_000);
  await createSession(scope, { tokenHash: "plans", userId: admin.id, expiresAt });
  const { companyId } = scope;
  const { accountId, id } = inbox.conversation;
  for (const statement of [
    sql`insert into messages (company_id, account_id, conversation_id, wamid, direction, type, media_id, sent_at, created_at)
      select ${companyId}, ${accountId}, ${id}, 'wamid.plan.' || n, 'inbound',
        case when n % 2 = 0 then 'image' else 'interactive' end, case when n % 2 = 0 then 'media-' || n end, now(), now() - interval '150 hours'
      from generate_series(1, ${sql.raw(`${FILES}`)}) n`,
    sql`insert into message_files (company_id, message_id, position, account_id, media_id, kind, created_at)
      select company_id, id, 1, account_id, 'file-' || right(wamid, -11), 'image', created_at
      from messages where company_id = ${companyId} and type = 'interactive'`,
    sql`analyze messages, message_files`,
  ]) {
    await rows(db, statement);
  }
});

const view = (mediaId: string, messageId: number) => ({
  ...{ userId: admin.id, messageId, mediaId, status: 200, bytes: 1, outcome: "complete" },
  ...{ tap: 1, requests: 1, seen: "likely" as const, fileSize: 1 },
});

it.each([
  ["a message", "media-2000"],
  ["a form", "file-2001"],
])(
  "a file of %s is found by its id, and noted as viewed, without reading others",
  async (_of, id) => {
    await expectFew(async (inside) => {
      const found = await findMedia(inside, { id: admin.id, role: "admin" }, id);
      if (typeof found === "string") return expect.fail(found);
      expect(await findMediaForSession(inside, "plans", id, NOW)).toMatchObject({ media: found });
      await recordMediaViews(inside, [view(id, found.messageId)]);
    });
  },
);

it("a page of unopened files, and their count, read no more than they show", async () => {
  await expectFew(async (inside) => {
    const page = { accountIds, after: undefined, now: NOW };
    expect((await listUnopenedFiles(inside, page)).files).toHaveLength(50);
    expect(await findSessionUser(inside, "plans", NOW)).toMatchObject({ expiringFiles: 10 });
  });
});

async function expectFew(work: (scope: CompanyScope) => Promise<unknown>): Promise<void> {
  await scope.db.transaction(async (tx) => {
    const { indexes, tables } = await scansOf(tx, () => work({ ...scope, db: tx }));
    expect(tables.filter((name) => name.startsWith("message"))).toEqual([]);
    const read = [...indexes].filter(([name]) => name.startsWith("message"));
    expect(read.reduce((sum, [, entries]) => sum + entries, 0)).toBeLessThan(FEW);
  });
}
