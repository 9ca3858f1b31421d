import { recognise } from "#app/models/contacts/find-known.server.ts";
import { dataErrorCode, isConflict } from "#app/models/database-errors.server.ts";
import { carryOutChanges } from "#app/models/received/message-changes.server.ts";
import { ConversationGoneError } from "#app/models/received/message-writes.server.ts";
import { type QuarantineReason, UNKNOWN_NUMBER } from "#app/models/received/quarantine-reason.ts";
import type { ReceivedMessage } from "#app/models/received/received.ts";
import type { CompanyScope, DutyTransaction } from "#app/models/scope.server.ts";
import type { DutyDb } from "#db/handles.server.ts";
import { isolated } from "#db/handles.server.ts";
import { inItsCompany } from "./company-of-number.server.ts";
import { identitiesIn, type Storable } from "./storable.ts";
import { type Stored, storeUpdates } from "./store.server.ts";

const ATTEMPTS = 5;

export interface Outcome {
  /** Messages that were new. */
  stored: { companyId: number; message: ReceivedMessage }[];
  duplicates: number;
  statuses: number;
  rejected: { update: Storable; reason: QuarantineReason; detail?: string }[];
}

/**
 * Stores the updates of one of our numbers. When the database refuses the data, they are halved
 * until the one at fault is alone, and all others are stored.
 *
 * @param db of the duty "webhook"
 * @param updates at most 1,000
 * @throws the database's error when the data is not at fault
 */
export async function storeOrReject(
  db: DutyDb | DutyTransaction,
  phoneNumberId: string,
  updates: readonly Storable[],
): Promise<Outcome> {
  try {
    const stored = await inItsCompany(db, phoneNumberId, (scope) =>
      withRetries((isRetry) => store(scope, phoneNumberId, updates, isRetry)),
    );
    if (!stored) return rejectedOutcome(updates, UNKNOWN_NUMBER, phoneNumberId);
    const wamids = updates.flatMap(wamidsOf);
    await withRetries(() => carryOutChanges(stored.scope, stored.accountId, wamids));
    return outcomeOf(updates, stored);
  } catch (error) {
    const code = dataErrorCode(error);
    if (!code) throw error;
    if (updates.length === 1) return rejectedOutcome(updates, "refused by the database", code);
    const middle = Math.ceil(updates.length / 2);
    const left = await storeOrReject(db, phoneNumberId, updates.slice(0, middle));
    const right = await storeOrReject(db, phoneNumberId, updates.slice(middle));
    return {
      stored: [...left.stored, ...right.stored],
      duplicates: left.duplicates + right.duplicates,
      statuses: left.statuses + right.statuses,
      rejected: [...left.rejected, ...right.rejected],
    };
  }
}

type StoredInCompany = Stored & { scope: CompanyScope; accountId: number };

function store(
  scope: CompanyScope,
  phoneNumberId: string,
  updates: readonly Storable[],
  isRetry: boolean,
): Promise<StoredInCompany | undefined> {
  return isolated(scope.db, async (db) => {
    const inside = { ...scope, db };
    const recognised = await recognise(inside, phoneNumberId, identitiesIn(updates));
    if (!recognised) return undefined;
    const { accountId, known } = recognised;
    const stored = await storeUpdates(inside, { accountId, known, isRetry }, updates);
    return { ...stored, scope, accountId };
  });
}

/** Another transaction was in the way, or added the same contact, and has ended by now. */
async function withRetries<T>(work: (isRetry: boolean) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work(attempt > 1);
    } catch (error) {
      const isPassing = error instanceof ConversationGoneError || isConflict(error);
      if (!isPassing || attempt === ATTEMPTS) throw error;
    }
  }
}

function wamidsOf(update: Storable): string[] {
  if (update.kind !== "message") return [];
  const { wamid, targetWamid } = update.message;
  return targetWamid ? [wamid, targetWamid] : [wamid];
}

function outcomeOf(updates: readonly Storable[], stored: StoredInCompany): Outcome {
  const { scope, inserted, unaddressed, statuses } = stored;
  const { companyId } = scope;
  const outcome: Outcome = { stored: [], duplicates: 0, statuses, rejected: [] };
  for (const update of updates) {
    if (update.kind !== "message") continue;
    const { message } = update;
    if (unaddressed.has(message.wamid)) outcome.rejected.push({ update, reason: "no recipient" });
    // Of two with one wamid the first was stored.
    else if (inserted.delete(message.wamid)) outcome.stored.push({ companyId, message });
    else outcome.duplicates += 1;
  }
  return outcome;
}

function rejectedOutcome(
  updates: readonly Storable[],
  reason: QuarantineReason,
  detail: string,
): Outcome {
  const rejected = updates.map((update) => ({ update, reason, detail }));
  return { stored: [], duplicates: 0, statuses: 0, rejected };
}
