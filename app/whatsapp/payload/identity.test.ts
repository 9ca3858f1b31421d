import { describe, expect, it } from "vitest";
import { fieldWebhook, message, numberChange, webhook } from "#tests/support/webhooks.ts";
import { kindsOf, parse, receivedAt } from "./testing/parsed.ts";

const OLD = "15550100001";
const NEW = "15550100002";
const at = new Date(1744344496_000);

function changeIn(raw: unknown, contacts?: unknown[]) {
  const [update] = parse(webhook([raw], { contacts }));
  return update?.kind === "message" ? update.change : "not a message";
}

describe("a system message", () => {
  it("says that its sender has another number, and that it was they who had the old one", () => {
    const current = { waId: NEW, userId: null };
    const change = { previous: { waId: OLD, userId: null }, current, at };
    expect(changeIn(numberChange(OLD, NEW))).toEqual(change);
    const older = { wa_id: "", new_wa_id: NEW, type: "customer_changed_number" };
    expect(changeIn(numberChange(OLD, NEW, older))).toEqual(change);
    expect(changeIn(numberChange("", NEW, { customer: OLD }))).toEqual(change);
  });

  it("says that its sender has another user id", () => {
    const system = { type: "user_changed_user_id", user_id: "US.2", body: "Changed" };
    const raw = message("system", system, { from: undefined, from_user_id: "US.1" });
    expect(changeIn(raw)).toEqual({
      previous: { waId: null, userId: "US.1" },
      current: { waId: null, userId: "US.2" },
      at,
    });
    expect(changeIn(numberChange(OLD, NEW, { user_id: "US.2" }))).toMatchObject({
      current: { waId: NEW, userId: "US.2" },
    });
  });

  it("changes nobody when it names no other id", () => {
    expect(changeIn(numberChange(OLD, OLD))).toBeUndefined();
    expect(changeIn(numberChange(OLD, ""))).toBeUndefined();
    expect(changeIn(numberChange(OLD, NEW, { type: "customer_identity_changed" }))).toBeUndefined();
    const user = { user_id: "US.1", wa_id: OLD };
    expect(changeIn(numberChange(OLD, OLD, { user_id: "US.1" }), [user])).toBeUndefined();
    expect(changeIn({ ...numberChange(OLD, NEW), type: "text" })).toBeUndefined();
  });
});

describe("a change of user id", () => {
  const updates = (...all: unknown[]) => fieldWebhook("user_id_update", { user_id_update: all });

  it("names the ids of before and after, and the number that stays", () => {
    const ids = { previous: "US.1", current: "US.2" };
    for (const timestamp of ["1744344496", 1744344496]) {
      expect(parse(updates({ wa_id: OLD, user_id: ids, timestamp }))).toMatchObject([
        {
          kind: "identity",
          change: {
            previous: { waId: OLD, userId: "US.1" },
            current: { waId: OLD, userId: "US.2" },
            at,
          },
        },
      ]);
    }
    expect(parse(updates({ user_id: ids }))).toMatchObject([
      { change: { previous: { waId: null, userId: "US.1" }, at: receivedAt } },
    ]);
    expect(kindsOf(updates({ wa_id: OLD, user_id: { current: "US.2" } }))).toEqual(["identity"]);
  });

  it("is unusable when it does not say whose id became which", () => {
    const odd = [
      "US.1",
      {},
      { wa_id: OLD, user_id: "US.2" },
      { wa_id: OLD, user_id: { previous: "US.1" } },
      { user_id: { current: "US.2" } },
    ];
    expect(kindsOf(updates(...odd))).toEqual(Array(5).fill("unreadable identity change"));
    expect(kindsOf(fieldWebhook("user_id_update", { user_id_update: {} }))).toEqual([
      "unreadable change",
    ]);
  });
});
