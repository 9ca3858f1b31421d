import { quarantine } from "#app/models/received/quarantine.server.ts";
import type { DutyTransaction } from "#app/models/scope.server.ts";
import type { DutyDb } from "#db/handles.server.ts";
import { parseWebhook } from "../payload/parse-webhook.ts";
import { type Ingested, ingest } from "./ingest.server.ts";

/**
 * Stores what a webhook's body says; one that is not JSON is quarantined as it is.
 *
 * @param body the bytes as received
 * @param receivedAt when; stands in for times that can't be believed
 * @throws as ingest does
 */
export async function ingestBody(
  db: DutyDb | DutyTransaction,
  body: Uint8Array,
  receivedAt: Date,
): Promise<Ingested> {
  const parsed = parseJson(body);
  if (parsed) return ingest(db, parseWebhook(parsed.json, receivedAt));
  await quarantine(db, [{ reason: "not JSON", body }]);
  return { stored: [], duplicates: 0, statuses: 0, quarantined: 1, events: [] };
}

function parseJson(bytes: Uint8Array): { json: unknown } | undefined {
  try {
    return { json: JSON.parse(new TextDecoder().decode(bytes)) };
  } catch {
    return undefined;
  }
}
