import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { eq } from "drizzle-orm";
import { afterAll, describe, expect, it } from "vitest";
import { FILE_NOT_KEPT } from "#app/models/outgoing/outgoing-status.ts";
import { closeDatabase } from "#app/process/database.server.ts";
import { accountMembers } from "#db/schema.ts";
import { db } from "#db/testing/owner.ts";
import { sendJson } from "#tests/support/graph-server.ts";
import { waitFor } from "#tests/support/wait.ts";
import { startConversation } from "./testing/conversation.ts";
import { begun, formWith, MULTIPART, photo, streamOf } from "./testing/file-form.ts";

afterAll(closeDatabase);

describe("an upload", () => {
  it("F54 takes no more from a person than WhatsApp takes", async () => {
    let pulled = 0;
    await using page = await startConversation({ media: (req) => void req.pause() });
    const chunk = Buffer.alloc(64 * 1024, 1);
    const body = streamOf((controller) => {
      controller.enqueue(pulled === 0 ? begun(Buffer.from("%PDF-"), "application/pdf") : chunk);
      pulled += chunk.length;
    });
    expect(await page.post(body, { headers: MULTIPART })).toMatchObject({ status: 303 });
    // What the kernel takes in on a loopback connection before it says stop, generously.
    expect(pulled).toBeLessThan(32 * 1024 * 1024);
    expect(await page.ours()).toMatchObject([{ delivery: { errorTitle: FILE_NOT_KEPT } }]);
  });

  it("F53 ends at WhatsApp when its person leaves, and leaves nothing", async () => {
    let closed = false;
    const leaving = new AbortController();
    await using page = await startConversation({
      media: (req) => {
        req.resume().on("close", () => {
          closed = !req.complete;
        });
        req.once("data", () => leaving.abort());
      },
    });
    let sent = false;
    const body = streamOf(async (controller) => {
      if (sent) await sleep(20);
      controller.enqueue(sent ? Buffer.alloc(10) : begun());
      sent = true;
    });
    const headers = MULTIPART;
    await expect(page.post(body, { headers, signal: leaving.signal })).rejects.toThrow();
    await waitFor(() => expect(closed).toBe(true));
    expect(page.asked).toEqual([{ upload: true }]);
    expect(await page.ours()).toEqual([]);
  });

  it("that ends in mid-file sends nothing", async () => {
    await using page = await startConversation({ media: (req) => void req.resume() });
    const answer = await page.post(begun(), { headers: MULTIPART });
    expect(answer).toMatchObject({ status: 400, text: "Hi" });
    expect(answer.error).toContain("did not come whole");
    expect(await page.ours()).toEqual([]);
  });

  it("waits for a place among those of its person and company", async () => {
    let answerFirst = () => {};
    await using page = await startConversation({
      media: async (req, res) => {
        await text(req);
        await new Promise<void>((resolve) => {
          answerFirst = resolve;
        });
        sendJson(res, 200, { id: "1" });
      },
    });
    const first = page.post(formWith(photo()));
    await waitFor(() => expect(page.asked).toHaveLength(1));
    const second = await page.post(formWith(photo(), { text: "Mine" }));
    expect(second).toMatchObject({ status: 503, text: "Mine" });
    expect(second.error).toContain("Try again");
    answerFirst();
    expect(await first).toMatchObject({ status: 303 });
  });

  it("F85 is not sent when its person has lost the number meanwhile", async () => {
    await using page = await startConversation({
      media: async (req, res) => {
        await text(req);
        await db.delete(accountMembers).where(eq(accountMembers.userId, page.agent.id));
        sendJson(res, 200, { id: "1" });
      },
    });
    expect(await page.post(formWith(photo()))).toMatchObject({ status: 403 });
    expect(page.asked).toEqual([{ upload: true }]);
    expect(await page.ours()).toEqual([]);
  });
});
