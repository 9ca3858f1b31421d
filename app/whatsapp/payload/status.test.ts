import { describe, expect, it } from "vitest";
import { PHONE_NUMBER_ID, status, text, webhook } from "#tests/support/webhooks.ts";
import { kindsOf, parse, receivedAt } from "./testing/parsed.ts";

const statuses = (...all: unknown[]) => webhook([], { contacts: undefined, statuses: all });
const read = (fields: object) => {
  const [update] = parse(statuses(status("wamid.1", "sent", fields)));
  return update?.kind === "status" ? update.status : undefined;
};

describe("a status of a message of ours", () => {
  it("says how far it got, and when", () => {
    expect(parse(statuses(status("wamid.1", "DELIVERED")))).toEqual([
      {
        kind: "status",
        phoneNumberId: PHONE_NUMBER_ID,
        raw: expect.any(Function),
        status: {
          wamid: "wamid.1",
          recipient: "",
          status: "delivered",
          at: new Date(1744344496_000),
          errorCode: null,
          errorTitle: null,
          errorDetails: null,
          sentWithKey: null,
        },
      },
    ]);
    expect(read({ timestamp: "never" })?.at).toEqual(receivedAt);
  });

  it("says why it failed", () => {
    const error = {
      code: 131049,
      title: "Not delivered",
      message: "Longer",
      error_data: { details: "In order to maintain a healthy ecosystem" },
    };
    expect(read({ status: "failed", errors: [error] })).toMatchObject({
      errorCode: 131049,
      errorTitle: "Not delivered",
      errorDetails: "In order to maintain a healthy ecosystem",
    });
    const placeholder = { code: "<ERROR_CODE>", title: "", details: "d".repeat(5000) };
    expect(read({ errors: [placeholder] })).toMatchObject({
      errorCode: null,
      errorTitle: "d".repeat(256),
      errorDetails: "d".repeat(1024),
    });
    expect(read({ errors: "none" })).toMatchObject({ errorCode: null, errorTitle: null });
  });

  it("names the participant of a group that it reached, however WhatsApp calls the key", () => {
    const group = { recipient_type: "group", recipient_id: "group" };
    const recipient = (fields: object) => read({ ...group, ...fields })?.recipient;
    expect(recipient({})).toBe("");
    expect(recipient({ recipient_participant_id: "+15550100001" })).toBe("15550100001");
    expect(recipient({ participant_recipient_id: "15550100001" })).toBe("15550100001");
    const withheld = { recipient_participant_id: "", recipient_participant_user_id: "US.1" };
    expect(recipient(withheld)).toBe("US.1");
  });

  it("may be any word, bounded and sanitised", () => {
    expect(read({ status: "Warning\u0000\u202e" })?.status).toBe("warning\uFFFD");
    expect(read({ status: "x".repeat(1000) })?.status).toBe("x".repeat(64));
  });

  it("is unusable without a message or a word, and spoils none beside it", () => {
    const odd = [1, null, {}, status("", "sent"), status("wamid.1", ""), { id: "1", status: 1 }];
    expect(kindsOf(statuses(...odd, status("wamid.2", "read")))).toEqual([
      ...Array(6).fill("unreadable status"),
      "status",
    ]);
    const body = webhook([text("wamid.1")], { statuses: "sent" });
    expect(kindsOf(body)).toEqual(["message", "unreadable change"]);
  });
});
