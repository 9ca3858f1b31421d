import { describe, expect, it } from "vitest";
import { echo, fieldWebhook, history, message, text } from "#tests/support/webhooks.ts";
import { kindsOf, messageIn, parse } from "./testing/parsed.ts";

const inThread = (id: string, raw: unknown, thread?: object) =>
  fieldWebhook("history", history(id, [raw], thread));
const ours = (fields: object = {}) => echo(text("wamid.1"), { to: undefined, ...fields });

describe("the history of a number", () => {
  it("is both sides of each conversation", () => {
    const messages = [
      ours({ id: "wamid.1" }),
      echo(message("media_placeholder"), { id: "wamid.2" }),
      text("wamid.3"),
    ];
    const updates = parse(fieldWebhook("history", history("15550100001", messages)));
    const person = { waId: "15550100001", userId: null, name: null, username: null };
    expect(updates).toMatchObject([
      { message: { wamid: "wamid.1", direction: "outbound", type: "text", person } },
      { message: { wamid: "wamid.2", direction: "outbound", type: "media_placeholder", person } },
      { message: { wamid: "wamid.3", direction: "inbound", type: "text", person } },
    ]);
  });

  it("knows its customers by every id that a thread has", () => {
    const context = { wa_id: "15550100001", user_id: "US.1", username: "@ana" };
    const person = { waId: "15550100001", userId: "US.1", name: null, username: "ana" };
    for (const id of ["15550100001", "+1 555 010 0001", "US.1"]) {
      const inbound = { direction: "inbound", person };
      expect(messageIn(inThread(id, text("wamid.1"), { context }))).toMatchObject(inbound);
      const byUser = text("wamid.1", { from: undefined, from_user_id: "US.1" });
      expect(messageIn(inThread(id, byUser, { context }))).toMatchObject(inbound);
      const outbound = { direction: "outbound", person };
      expect(messageIn(inThread(id, ours(), { context }))).toMatchObject(outbound);
    }
    expect(messageIn(inThread("US.1", text("wamid.1", { from: "US.1" })))).toMatchObject({
      direction: "inbound",
      person: { waId: null, userId: "US.1" },
    });
    expect(kindsOf(inThread("", ours()))).toEqual(["no recipient"]);
  });

  it.each([
    ["READ", "read"],
    ["DELIVERED", "delivered"],
    ["PLAYED", "played"],
    ["ERROR", "failed"],
    ["PENDING", undefined],
    ["Some_Day\u0000", "some_day\uFFFD"],
    ["", undefined],
    [5, undefined],
  ])("tells with a message of ours how far it got: %j", (word, status) => {
    const [update] = parse(inThread("15550100001", ours({ history_context: { status: word } })));
    const at = new Date(1744344496_000);
    const error = { errorCode: null, errorTitle: null, errorDetails: null };
    expect(update).toHaveProperty(
      "status",
      status && { wamid: "wamid.1", recipient: "", status, at, ...error, sentWithKey: null },
    );
  });

  it("tells nothing of how far a customer's message got", () => {
    const raw = text("wamid.1", { history_context: { status: "READ" } });
    expect(parse(inThread("15550100001", raw))[0]).toHaveProperty("status", undefined);
  });

  it("is an error to log when the business declined to share it", () => {
    const declined = { code: 2593109, title: "Declined", message: "History sync was declined" };
    expect(parse(fieldWebhook("history", { history: [{ errors: [declined] }] }))).toMatchObject([
      { kind: "event", field: "history", isError: true, details: declined },
    ]);
  });

  it("is acknowledged where it holds nothing", () => {
    for (const value of [{}, { history: [] }, history("15550100001", []), { history: [{}] }]) {
      expect(parse(fieldWebhook("history", value))).toMatchObject([
        { kind: "event", field: "history", isError: false },
      ]);
    }
  });

  it("F9 loses nothing beside an odd part", () => {
    const good = history("15550100001", [text("wamid.1")]).history;
    expect(kindsOf(fieldWebhook("history", { history: [1, ...good] }))).toEqual([
      "unreadable change",
      "message",
    ]);
    expect(kindsOf(fieldWebhook("history", { history: [{ threads: {} }, ...good] }))).toEqual([
      "unreadable change",
      "message",
    ]);
    const threads = [null, { id: "1", messages: "none" }, { id: "1", messages: [7] }];
    expect(kindsOf(fieldWebhook("history", { history: [{ threads }, ...good] }))).toEqual([
      "unreadable change",
      "unreadable change",
      "unreadable message",
      "message",
    ]);
  });
});
