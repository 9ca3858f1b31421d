import { type QuarantineEntry, quarantine } from "#app/models/received/quarantine.server.ts";
import type { QuarantineReason } from "#app/models/received/quarantine-reason.ts";
import type { ReceivedMessage } from "#app/models/received/received.ts";
import type { DutyTransaction } from "#app/models/scope.server.ts";
import type { DutyDb } from "#db/handles.server.ts";
import { parseWebhook } from "../payload/parse-webhook.ts";
import type { EventUpdate, WebhookUpdate } from "../payload/updates.ts";
import { boundDepth } from "../values/sanitise.ts";
import type { Storable } from "./storable.ts";
import { storeOrReject } from "./store-or-reject.server.ts";

/** What Meta documents as the most of one POST. */
const UPDATES_PER_TRANSACTION = 1000;

export interface Ingested {
  stored: { companyId: number; message: ReceivedMessage }[];
  /** Messages that were there already. */
  duplicates: number;
  /** Statuses that said something new. */
  statuses: number;
  quarantined: number;
  /** What is no one's message: for the log. */
  events: EventUpdate[];
}

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

/**
 * Stores a webhook's updates, those of one account in one transaction. When it returns, everything
 * is committed: stored, or quarantined where it could not be used. Doing it again changes nothing.
 *
 * @param db of the duty "webhook"
 * @throws the database's error when the data is not at fault; some accounts may be committed then
 */
export async function ingest(
  db: DutyDb | DutyTransaction,
  updates: readonly WebhookUpdate[],
): Promise<Ingested> {
  const { storable, events, rejected } = separate(updates);
  const ingested: Ingested = { stored: [], duplicates: 0, statuses: 0, quarantined: 0, events };
  for (const [phoneNumberId, own] of storable) {
    for (const batch of batches(own)) {
      const outcome = await storeOrReject(db, phoneNumberId, batch);
      ingested.stored.push(...outcome.stored);
      ingested.duplicates += outcome.duplicates;
      ingested.statuses += outcome.statuses;
      rejected.push(
        ...outcome.rejected.map(({ update, reason, detail }) => rejection(update, reason, detail)),
      );
    }
  }
  await quarantine(db, rejected);
  return { ...ingested, quarantined: rejected.length };
}

function separate(updates: readonly WebhookUpdate[]) {
  const storable = new Map<string, Storable[]>();
  const events: EventUpdate[] = [];
  const rejected: QuarantineEntry[] = [];
  for (const update of updates) {
    if (update.kind === "event") {
      events.push(update);
    } else if (update.kind === "unusable") {
      rejected.push(rejection(update, update.reason));
    } else {
      const own = storable.get(update.phoneNumberId);
      if (own) own.push(update);
      else storable.set(update.phoneNumberId, [update]);
    }
  }
  return { storable, events, rejected };
}

function batches(updates: readonly Storable[]): Storable[][] {
  const count = Math.ceil(updates.length / UPDATES_PER_TRANSACTION);
  return Array.from({ length: count }, (_, index) =>
    updates.slice(index * UPDATES_PER_TRANSACTION, (index + 1) * UPDATES_PER_TRANSACTION),
  );
}

function rejection(
  { raw }: { raw(): unknown },
  reason: QuarantineReason,
  detail?: string,
): QuarantineEntry {
  return { reason, detail, body: Buffer.from(JSON.stringify(boundDepth(raw()))) };
}
