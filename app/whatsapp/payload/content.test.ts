import { describe, expect, it } from "vitest";
import { isEdit } from "#app/models/received/received.ts";
import {
  edit,
  everyType,
  formAnswer,
  message,
  pickedFile,
  reaction,
  revoke,
  samples,
  text,
  webhook,
} from "#tests/support/webhooks.ts";
import { kindsOf, messageOf } from "./testing/parsed.ts";

const contentOf = (raw: unknown) => {
  const { type, body, payload, targetWamid } = messageOf(raw) ?? {};
  return { type, body, payload, targetWamid };
};
const line = { body: null, payload: null, targetWamid: null };

describe("what a message says", () => {
  it("is its words, of any length, for a text", () => {
    expect(contentOf(text("wamid.1"))).toEqual({ ...line, type: "text", body: "Hello" });
    const body = "😀\u202e\u0007".repeat(10_000);
    expect(contentOf(text("wamid.1", { text: { body } })).body).toBe(body);
  });

  it("is the part that its type names, with the customer's own words", () => {
    const place = { latitude: 52.37, longitude: 4.89, name: "Office\u0000" };
    expect(contentOf(message("location", place))).toEqual({
      ...line,
      type: "location",
      payload: { ...place, name: "Office\uFFFD" },
    });
    const cards = [{ name: { formatted_name: "Ben" } }, "odd"];
    expect(contentOf(message("contacts", cards))).toEqual({
      ...line,
      type: "contacts",
      payload: cards,
    });
    const button = { text: "Stop", payload: "STOP" };
    expect(contentOf(message("button", button))).toMatchObject({ body: "Stop", payload: button });
    const order = { catalog_id: "1", text: "Quickly, please", product_items: [{ quantity: "2" }] };
    expect(contentOf(message("order", order))).toMatchObject({
      body: "Quickly, please",
      payload: order,
    });
    expect(contentOf(message("order", { text: "" })).body).toBeNull();
    const system = { body: "Ana changed", type: "customer_identity_changed" };
    expect(contentOf(message("system", system))).toMatchObject({
      type: "system",
      body: "Ana changed",
      payload: system,
    });
  });

  it.each([
    [{ type: "button_reply", button_reply: { id: "1", title: "Yes" } }, "Yes"],
    [{ type: "list_reply", list_reply: { title: "One", description: "day" } }, "One\nday"],
    [{ type: "list_reply", list_reply: { title: "One" } }, "One"],
    [{ type: "nfm_reply", nfm_reply: { name: "flow", body: "Sent", response_json: "{" } }, "Sent"],
    [{ type: "nfm_reply", nfm_reply: { name: "flow", response_json: "{}" } }, "flow"],
    [{ type: "call_permission_reply", call_permission_reply: { response: "accept" } }, null],
    [{ type: "payment_method", payment_method: { last_four_digits: "5235" } }, null],
    [{ type: "button_reply", button_reply: "Yes" }, null],
  ])("is the choice made in an interactive message: %j", (interactive, body) => {
    expect(contentOf(message("interactive", interactive))).toEqual({
      ...line,
      type: "interactive",
      body,
      payload: interactive,
    });
  });

  it("has the files of its form, each once, where they can be asked for", () => {
    const photos = [pickedFile("71"), pickedFile("../etc"), pickedFile("71"), pickedFile(72)];
    const form = messageOf(formAnswer("wamid.1", { photos }));
    expect(form?.files.map(({ mediaId, position }) => [mediaId, position])).toEqual([
      ["71", 1],
      ["72", 4],
    ]);
    const unknown = { type: "photo_reply", photo_reply: { photos } };
    expect(messageOf(message("interactive", unknown))?.files).toEqual(form?.files);
    for (const odd of [{ type: "nfm_reply" }, { type: 5 }, { nfm_reply: { response_json: {} } }]) {
      expect(messageOf(message("interactive", odd))).toMatchObject({
        files: [],
        mediaFilename: null,
      });
    }
  });

  it("is nothing but its type for a welcome request and a placeholder of a file", () => {
    for (const type of ["request_welcome", "media_placeholder"]) {
      expect(contentOf(message(type))).toEqual({ ...line, type });
    }
  });

  it("is an emoji for a reaction, and none for one taken away", () => {
    const reacted = { ...line, type: "reaction", targetWamid: "wamid.0" };
    expect(contentOf(reaction("wamid.0", "👍"))).toEqual({ ...reacted, body: "👍" });
    for (const emoji of ["", undefined, null, 1]) {
      expect(contentOf(reaction("wamid.0", emoji))).toEqual(reacted);
    }
  });

  it("is the message taken back, for a revoke", () => {
    expect(contentOf(revoke("wamid.0"))).toEqual({
      ...line,
      type: "revoke",
      targetWamid: "wamid.0",
    });
  });

  it("is the message as it should be, for an edit", () => {
    expect(contentOf(edit("wamid.0", { type: "text", text: { body: "Better" } }))).toEqual({
      ...line,
      type: "text",
      body: "Better",
      targetWamid: "wamid.0",
    });
    const image = { type: "image", image: { id: "1234567890", caption: "Better" } };
    expect(messageOf(edit("wamid.0", { ...image, context: { id: "M0" } }))).toMatchObject({
      type: "image",
      mediaId: "1234567890",
      mediaCaption: "Better",
      targetWamid: "wamid.0",
      replyToWamid: null,
    });
  });

  it("is an unsupported message, as received, for an edit into what is no message", () => {
    const nested = edit("wamid.2", { type: "text", text: { body: "Hidden" } });
    for (const edited of [undefined, "text", { type: "poll" }, nested, reaction("wamid.2", "👍")]) {
      const raw = edit("wamid.0", edited);
      expect(contentOf(raw)).toEqual({
        ...line,
        type: "unsupported",
        payload: JSON.parse(JSON.stringify(raw)),
        targetWamid: "wamid.0",
      });
    }
    const read = messageOf(edit("wamid.0", { type: "poll" }));
    expect(read && isEdit(read)).toBe(true);
  });

  it("is unusable when it does not say which message it changes", () => {
    for (const target of [undefined, null, "", {}, "x".repeat(600)]) {
      const better = { type: "text", text: { body: "Better" } };
      const all = [reaction(target, "👍"), revoke(target), edit(target, better)];
      expect(kindsOf(webhook(all))).toEqual(Array(3).fill("no target message id"));
    }
    expect(kindsOf(webhook([message("revoke", "wamid.0")]))).toEqual(["no target message id"]);
  });

  it("F10 is kept as received when its type is unknown or its part is missing", () => {
    const odd = [
      message("poll", { question: "Why?" }),
      message("constructor"),
      message("unknown", undefined, { errors: [{ code: 131051 }] }),
      text("wamid.1", { type: undefined }),
      text("wamid.1", { type: ["text"] }),
      text("wamid.1", { text: {} }),
      message("interactive", undefined, { errors: [{ code: 131000 }] }),
      ...["location", "button", "order", "system"].map((type) => message(type, "odd")),
      message("contacts", {}),
    ];
    for (const raw of odd) {
      expect(contentOf(raw)).toEqual({
        ...line,
        type: "unsupported",
        payload: JSON.parse(JSON.stringify(raw)),
      });
    }
  });

  it("is known for every type that WhatsApp documents", () => {
    const types = everyType.map((raw) => messageOf(raw)?.type);
    const [kinds, others] = [types.slice(0, -7), types.slice(-7)];
    expect(kinds).toEqual(Object.keys(samples));
    expect(others).toEqual([
      "audio",
      "interactive",
      "interactive",
      "interactive",
      "reaction",
      "revoke",
      "text",
    ]);
  });

  it.each(["hologram", "", "__proto__", "constructor", "toString", 7, null, undefined])(
    "F10 of the type %j is kept whole, as unsupported",
    (type) => {
      const raw = { ...message("text", { body: "Hello" }), type };
      expect(contentOf(raw)).toEqual({
        ...line,
        type: "unsupported",
        payload: JSON.parse(JSON.stringify(raw)),
      });
    },
  );
});
