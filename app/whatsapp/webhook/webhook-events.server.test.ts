import { beforeEach, describe, expect, it } from "vitest";
import { webhookEvents } from "#app/process/metrics.server.ts";
import type { EventUpdate } from "../payload/updates.ts";
import { reportEvents } from "./webhook-events.server.ts";

beforeEach(() => webhookEvents.reset());

function report(...events: Omit<EventUpdate, "kind">[]) {
  const lines: [string, object][] = [];
  const log = {
    info: (line: object) => void lines.push(["info", line]),
    warn: (line: object) => void lines.push(["warn", line]),
  };
  reportEvents(
    events.map((event) => ({ kind: "event", ...event })),
    log,
  );
  return lines;
}

async function counts() {
  const { values } = await webhookEvents.get();
  return values.map(({ labels, value }) => [labels.field, value]);
}

describe("a webhook's events", () => {
  it("are logged with their details, errors as warnings", () => {
    expect(
      report(
        {
          field: "message_template_status_update",
          isError: false,
          details: { event: "REJECTED", message_template_id: 1689556908129832 },
        },
        { field: "messages", isError: true, details: { code: 131035, title: "Dropped" } },
      ),
    ).toEqual([
      [
        "info",
        {
          event: "webhook.event",
          field: "message_template_status_update",
          details: { event: "REJECTED", message_template_id: 1689556908129832 },
        },
      ],
      [
        "warn",
        {
          event: "webhook.account_error",
          field: "messages",
          details: { code: 131035, title: "Dropped" },
        },
      ],
    ]);
  });

  it("are counted by field, all unknown ones as one, so that nobody can invent label values", async () => {
    report(
      { field: "account_update", isError: false, details: {} },
      { field: "account_update", isError: true, details: {} },
      { field: "user_id_update", isError: false, details: {} },
      ...["telepathy", "constructor", "", "x".repeat(10_000)].map((field) => ({
        field,
        isError: false,
        details: {},
      })),
    );
    expect(await counts()).toEqual([
      ["account_update", 2],
      ["user_id_update", 1],
      ["other", 4],
    ]);
  });

  it("are neither logged nor counted when there are none", async () => {
    expect(report()).toEqual([]);
    expect(await counts()).toEqual([]);
  });
});
