import { once } from "node:events";
import { PassThrough } from "node:stream";
import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeEach, expect, it, vi } from "vitest";
import { findSessionReaches } from "#app/models/sessions/session-reach.server.ts";
import { createSession } from "#app/models/sessions/sessions.server.ts";
import * as database from "#app/process/database.server.ts";
import { accountMembers } from "#db/schema.ts";
import { db } from "#db/testing/owner.ts";
import { addOffice } from "#tests/support/office.server.ts";
import { createEventStreams } from "./event-streams.server.ts";

beforeEach(() => void vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] }));
afterEach(() => void vi.useRealTimers());
afterAll(database.closeDatabase);

it("F87 a stream ends within five seconds of a change of its person's rights, and no other does", async () => {
  const { scope, agent, admin } = await addOffice(db);
  const streams = createEventStreams(database);
  const open = async (userId: number) => {
    const tokenHash = `hash of ${userId}`;
    await createSession(scope, { tokenHash, userId, expiresAt: new Date(Date.now() + 3_600_000) });
    const [reach] = await findSessionReaches(scope, [tokenHash], new Date());
    if (!reach) throw new Error("There is no session.");
    const stream = new PassThrough().resume();
    streams.add({ userId, session: { companyId: scope.companyId, tokenHash }, reach }, stream);
    return stream;
  };
  const stream = await open(agent.id);
  const other = await open(admin.id);
  await db.delete(accountMembers).where(eq(accountMembers.userId, agent.id));

  const ended = once(stream, "end");
  vi.advanceTimersByTime(5_000);
  await ended;
  expect(other.writableEnded).toBe(false);
  other.destroy();
});
