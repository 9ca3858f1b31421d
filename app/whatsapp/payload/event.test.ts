import { describe, expect, it } from "vitest";
import { contact, fieldWebhook, PHONE_NUMBER_ID, webhook } from "#tests/support/webhooks.ts";
import { parse } from "./testing/parsed.ts";

const own = { wabaId: "102290129340398", phoneNumberId: PHONE_NUMBER_ID };
const event = (field: string, details: object, isError = false) => ({
  kind: "event",
  field,
  isError,
  details: { ...own, ...details },
});

describe("what is no message", () => {
  it.each([
    ["account_update", { event: "ACCOUNT_VIOLATION" }, { event: "ACCOUNT_VIOLATION" }],
    [
      "account_update",
      {
        event: "ACCOUNT_RESTRICTION",
        restriction_info: [{ restriction_type: "R", expiration: 1 }],
      },
      { event: "ACCOUNT_RESTRICTION", restriction_type: "R", expiration: 1 },
    ],
    [
      "account_alerts",
      { entity_type: "BUSINESS", alert_info: { alert_severity: "WARNING", alert_type: "T" } },
      { entity_type: "BUSINESS", alert_severity: "WARNING", alert_type: "T" },
    ],
    [
      "phone_number_quality_update",
      { display_phone_number: "15550109999", event: "UPGRADE", current_limit: "TIER_1K" },
      { display_phone_number: "15550109999", event: "UPGRADE", current_limit: "TIER_1K" },
    ],
    [
      "message_template_status_update",
      { event: "REJECTED", reason: "ABUSIVE_CONTENT", message_template_id: 1689556908129832 },
      { event: "REJECTED", reason: "ABUSIVE_CONTENT", message_template_id: 1689556908129832 },
    ],
    [
      "group_lifecycle_update",
      { groups: [{ type: "group_create", subject: "Family", request_id: "R" }] },
      { type: "group_create", request_id: "R" },
    ],
    ["unknown_field", {}, {}],
  ])("is an event, in WhatsApp's words: %s", (field, value, details) => {
    expect(parse(fieldWebhook(field, value))).toEqual([event(field, details)]);
  });

  it("holds nothing of a customer, whose words and numbers would end up in the log", () => {
    const customer = "15550100001";
    const values = {
      user_preferences: {
        contacts: [contact(customer, "Ana Canary")],
        user_preferences: [
          { wa_id: customer, detail: "Canary stopped", category: "marketing_messages" },
        ],
      },
      calls: {
        calls: [{ id: `wacid.${customer}`, from: customer, to: customer, event: "connect" }],
        statuses: [{ id: "wacid.Canary", type: "call", status: "RINGING", recipient_id: customer }],
      },
      smb_app_state_sync: {
        state_sync: [{ type: "contact", contact: { full_name: "Canary", phone_number: customer } }],
      },
      security: { event: "PIN_RESET_REQUEST", requester: customer },
      standby: { messages: [{ from: customer, text: { body: "Canary" } }], message: "Canary" },
      flows: { event: "FLOW_STATUS_CHANGE", message: "Flow Canary changed" },
    };
    for (const [field, value] of Object.entries(values)) {
      const updates = parse(fieldWebhook(field, value));
      expect(updates.map(({ kind }) => kind)).toEqual(["event"]);
      expect(JSON.stringify(updates)).not.toMatch(/Canary|15550100001/);
    }
  });

  it("is short, sanitised and of single values", () => {
    const value = {
      event: "x".repeat(5000),
      decision: { a: 1 },
      reason: "a\u0000\u202e",
      type: "",
    };
    expect(parse(fieldWebhook("f".repeat(5000), { ...value, status: true }))).toEqual([
      event("f".repeat(64), { event: "x".repeat(200), reason: "a\uFFFD", status: true }),
    ]);
    for (const odd of ["?", null, undefined, [], 5]) {
      const { details } = event("flows", { phoneNumberId: undefined });
      expect(
        parse({ entry: [{ id: own.wabaId, changes: [{ field: "flows", value: odd }] }] }),
      ).toEqual([{ ...event("flows", {}), details }]);
    }
  });

  it("is a warning for each error of a number or an account", () => {
    const errors = [
      { code: 131035, title: "Too late", error_data: { details: "Not delivered in time" } },
      { code: 130429, message: "Rate limit hit" },
    ];
    expect(parse(webhook([], { errors }))).toEqual([
      event(
        "messages",
        { code: 131035, title: "Too late", details: "Not delivered in time" },
        true,
      ),
      event("messages", { code: 130429, title: "Rate limit hit", message: "Rate limit hit" }, true),
    ]);
    const flow = {
      event: "CLIENT_ERROR_RATE",
      errors: [{ error_type: "TIMEOUT", error_rate: 66 }],
    };
    expect(parse(fieldWebhook("flows", flow))).toEqual([
      event("flows", { event: "CLIENT_ERROR_RATE" }),
      event("flows", { error_type: "TIMEOUT" }, true),
    ]);
  });

  it("is acknowledged when there is nothing in it", () => {
    expect(parse(webhook([]))).toEqual([event("messages", {})]);
    for (const field of ["messages", "smb_message_echoes", "history", "user_id_update"]) {
      expect(parse(fieldWebhook(field))).toEqual([event(field, {})]);
    }
  });
});
