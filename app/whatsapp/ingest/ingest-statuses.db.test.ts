import { asc, eq } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { closeDatabase } from "#app/process/database.server.ts";
import { messageStatuses } from "#db/schema.ts";
import { db } from "#db/testing/owner.ts";
import { at, newInbox, timeAt } from "#tests/support/inbox.ts";
import { echo, status as statusOf, text } from "#tests/support/webhooks.ts";

afterAll(closeDatabase);

const status = (word: string, seconds: number, fields: object = {}) =>
  statusOf("wamid.ours", word, { ...at(seconds), ...fields });
const statusesOf = ({ companyId }: { companyId: number }) =>
  db
    .select()
    .from(messageStatuses)
    .where(eq(messageStatuses.companyId, companyId))
    .orderBy(asc(messageStatuses.wamid), asc(messageStatuses.recipient));

const failed = status("failed", 5, {
  errors: [
    {
      code: 131047,
      title: "Re-engagement message",
      message: "Re-engagement message",
      error_data: { details: "More than 24 hours have passed" },
    },
  ],
});

describe("a status", () => {
  it("F16 never goes backwards, in whatever order and however often it comes", async () => {
    const words = ["sent", "delivered", "read", "played"];
    const all = words.map((word, index) => status(word, index));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...all), { minLength: 1, maxLength: 8 }),
        fc.constantFrom("together", "in turn", "at once"),
        async (order, how) => {
          const inbox = await newInbox();
          if (how === "together") await inbox.receive([], { statuses: order });
          if (how === "in turn")
            for (const one of order) await inbox.receive([], { statuses: [one] });
          if (how === "at once")
            await Promise.all(order.map((one) => inbox.receive([], { statuses: [one] })));
          const highest = Math.max(...order.map(({ status }) => words.indexOf(status)));
          expect(await statusesOf(inbox)).toMatchObject([
            { status: words[highest], at: timeAt(highest) },
          ]);
        },
      ),
      { numRuns: 30 },
    );
  });

  it("F17 waits for its message, and is there when that comes", async () => {
    const inbox = await newInbox();
    await inbox.receive([], { statuses: [status("read", 20)] });
    const ours = echo(text("wamid.ours"));
    await inbox.receiveField("smb_message_echoes", { message_echoes: [ours] });
    expect(await inbox.message("wamid.ours")).toMatchObject({ direction: "outbound" });
    expect(await statusesOf(inbox)).toMatchObject([{ wamid: "wamid.ours", status: "read" }]);
  });

  it("of a message that never comes is nothing unusual", async () => {
    const inbox = await newInbox();
    expect(await inbox.receive([], { statuses: [status("sent", 0)] })).toMatchObject({
      statuses: 1,
      quarantined: 0,
    });
    expect(await inbox.receive([], { statuses: [status("sent", 0)] })).toMatchObject({
      statuses: 0,
      quarantined: 0,
    });
  });

  it("that failed says why, also when sent comes after it, and not when it arrived", async () => {
    const inbox = await newInbox();
    await inbox.receive([], { statuses: [failed] });
    await inbox.receive([], { statuses: [status("sent", 0)] });
    expect(await statusesOf(inbox)).toMatchObject([
      {
        status: "failed",
        errorCode: 131047,
        errorTitle: "Re-engagement message",
        errorDetails: "More than 24 hours have passed",
      },
    ]);
    await inbox.receive([], { statuses: [status("delivered", 9)] });
    expect(await statusesOf(inbox)).toMatchObject([{ status: "delivered", errorCode: null }]);
  });

  it("of a word that this version doesn't know is kept, and gives way to any it knows", async () => {
    const inbox = await newInbox();
    await inbox.receive([], { statuses: [status("warning", 0)] });
    expect(await statusesOf(inbox)).toMatchObject([{ status: "warning" }]);
    await inbox.receive([], { statuses: [status("sent", 1), status("deleted", 2)] });
    expect(await statusesOf(inbox)).toMatchObject([{ status: "sent" }]);
  });

  it("in a group is kept for each participant", async () => {
    const inbox = await newInbox();
    const group = { recipient_id: "Y2FwaV9ncm91cDox", recipient_type: "group" };
    const to = (recipient_participant_id: string) => ({ ...group, recipient_participant_id });
    await inbox.receive([], {
      statuses: [
        status("delivered", 1, to("15550100002")),
        status("read", 2, to("15550100001")),
        status("delivered", 1, to("15550100001")),
        status("sent", 0, group),
      ],
    });
    expect((await statusesOf(inbox)).map(({ recipient, status }) => [recipient, status])).toEqual([
      ["", "sent"],
      ["15550100001", "read"],
      ["15550100002", "delivered"],
    ]);
  });

  it("comes with messages in one webhook, and an odd one beside it spoils nothing", async () => {
    const inbox = await newInbox();
    const ingested = await inbox.receive([text("wamid.1")], {
      statuses: [status("sent", 0), { status: 5 }, null],
    });
    expect(ingested).toMatchObject({ stored: [{}], statuses: 1, quarantined: 2 });
  });
});
