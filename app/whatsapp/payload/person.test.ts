import { describe, expect, it } from "vitest";
import { contact, text, webhook } from "#tests/support/webhooks.ts";
import { kindsOf, messageOf } from "./testing/parsed.ts";

const US = "US.13491208655302741918";
const personOf = (fields: object, ...contacts: unknown[]) =>
  messageOf(text("wamid.1", fields), { contacts })?.person;
const user = (userId: string, waId?: unknown) => ({
  user_id: userId,
  ...(waId !== undefined && { wa_id: waId }),
  profile: { name: "Ben", username: "@ben" },
});

describe("the sender of a message", () => {
  it("is named by the contact of the same WhatsApp id, whatever its place", () => {
    const contacts = [
      { wa_id: "15550100009", user_id: "15550100001", profile: { name: "Somebody else" } },
      { wa_id: "15550100002" },
      contact("15550100001", "Ana"),
      contact("15550100003", ""),
      null,
    ];
    const names = ["15550100001", "+15550100001", "15550100002", "15550100003", "15550100004"];
    expect(names.map((from) => personOf({ from }, ...contacts)?.name)).toEqual([
      ...["Ana", "Ana", null, null, null],
    ]);
  });

  it("has a phone number in digits, however it is written", () => {
    for (const from of ["15550100001", "+1 (555) 010-0001", 15550100001]) {
      expect(personOf({ from })).toMatchObject({ waId: "15550100001", userId: null });
    }
  });

  it("is known by a user id when the phone number is withheld", () => {
    for (const from of [undefined, null, ""]) {
      expect(personOf({ from, from_user_id: US }, user(US, ""))).toEqual({
        waId: null,
        userId: US,
        name: "Ben",
        username: "ben",
      });
    }
  });

  it("is known by a user id in the place of the phone number", () => {
    const known = { waId: null, userId: US, name: "Ben" };
    expect(personOf({ from: US }, user(US))).toMatchObject(known);
    expect(personOf({ from: US }, user(US, US))).toMatchObject(known);
    expect(personOf({ from: US }, contact(US, "Ben"))).toMatchObject(known);
  });

  it("has both ids when its contact knows the other one", () => {
    const both = { waId: "15550100001", userId: US, name: "Ben" };
    expect(personOf({}, user(US, "15550100001"))).toMatchObject(both);
    const withheld = { from: undefined, from_user_id: US };
    expect(personOf(withheld, user(US, "15550100001"))).toMatchObject(both);
    expect(personOf({ from_user_id: US })).toMatchObject({ waId: "15550100001", userId: US });
  });

  it("keeps its own ids where the contact has others", () => {
    expect(personOf({ from_user_id: US }, user(US, "15550100009"))).toMatchObject({
      waId: "15550100001",
      userId: US,
      name: "Ben",
    });
    expect(personOf({ from_user_id: US }, user("US.2", "15550100001"))?.userId).toBe(US);
  });

  it("is the only contact when the message names nobody, and never one of several", () => {
    const nobody = { from: undefined };
    expect(personOf(nobody, user(US))).toMatchObject({ userId: US, name: "Ben" });
    const contacts = [user(US), user("US.2")];
    for (const odd of [contacts, [], [{ profile: { name: "Ben" } }], "contacts"]) {
      expect(kindsOf(webhook([text("wamid.1", nobody)], { contacts: odd }))).toEqual(["no sender"]);
    }
  });

  it("is not known by what can be no id", () => {
    for (const from of [{}, [], true, -1, 1.5, 2 ** 60, "x".repeat(513), "\u0007"]) {
      expect(kindsOf(webhook([text("wamid.1", { from })], { contacts: [] }))).toEqual([
        "no sender",
      ]);
    }
  });

  it("F70 has a name and a user name that can't disguise another", () => {
    const profile = { name: " \u202eanA\u0007\u0085 \u200f", username: "@an\u2066a" };
    expect(personOf({}, { wa_id: "15550100001", profile })).toMatchObject({
      name: "anA \u200f",
      username: "ana",
    });
    const blank = { name: " \u202e ", username: "@" };
    expect(personOf({}, { wa_id: "15550100001", profile: blank })).toMatchObject({
      name: null,
      username: null,
    });
    const long = { name: "x".repeat(10_000), username: {} };
    expect(personOf({}, { wa_id: "15550100001", profile: long })?.name).toHaveLength(256);
  });
});
