import { findAccountByPhoneNumberId } from "#app/models/accounts.server.ts";
import { dataErrorCode } from "#app/models/database-errors.server.ts";
import {
  insertInboundMessages,
  type ReceivedMessage,
} from "#app/models/inbound-messages.server.ts";
import { type QuarantineEntry, quarantine } from "#app/models/quarantine.server.ts";
import type { CompanyScope } from "#app/models/scope.server.ts";
import type { Db } from "#db/open.server.ts";
import type { MessageUpdate, WebhookUpdate } from "./payload.ts";
import type { InboundMessage } from "./payload-message.ts";
import { boundDepth } from "./sanitise.ts";

/** What Meta documents as the most of one POST; it also bounds the parameters of a statement. */
const MESSAGES_PER_TRANSACTION = 1000;

export interface Ingested {
  stored: { companyId: number; message: InboundMessage }[];
  /** Messages that were there already. */
  duplicates: number;
  quarantined: number;
  ignored: number;
}

interface Batch {
  stored: InboundMessage[];
  rejected: QuarantineEntry[];
}

/**
 * Stores a webhook's updates, the messages of one account in one transaction. When it returns,
 * everything is committed: stored, or quarantined where it could not be used. Doing it again
 * changes nothing.
 *
 * @throws the database's error when the data is not at fault; some accounts may be committed then
 */
export async function ingest(db: Db, updates: readonly WebhookUpdate[]): Promise<Ingested> {
  const { messages, rejected, ignored } = sort(updates);
  const stored: Ingested["stored"] = [];
  for (const batch of batches(messages)) {
    const account = await findAccountByPhoneNumberId(db, batch.phoneNumberId);
    if (!account) {
      rejected.push(
        ...batch.updates.map((update) =>
          rejection(update, "unknown phone number id", batch.phoneNumberId),
        ),
      );
      continue;
    }
    const { companyId } = account;
    const outcome = await store({ companyId, db }, account.id, batch.updates);
    stored.push(...outcome.stored.map((message) => ({ companyId, message })));
    rejected.push(...outcome.rejected);
  }
  await quarantine(db, rejected);
  return {
    stored,
    duplicates: updates.length - stored.length - rejected.length - ignored,
    quarantined: rejected.length,
    ignored,
  };
}

function sort(updates: readonly WebhookUpdate[]) {
  const messages: MessageUpdate[] = [];
  const rejected: QuarantineEntry[] = [];
  let ignored = 0;
  for (const update of updates) {
    switch (update.kind) {
      case "message":
        messages.push(update);
        break;
      case "unusable":
        rejected.push(rejection(update, update.reason));
        break;
      case "ignored":
        ignored += 1;
        break;
      default:
        update satisfies never;
    }
  }
  return { messages, rejected, ignored };
}

/** One account's messages, in the order received, at most 1,000 at a time. */
function batches(messages: readonly MessageUpdate[]) {
  const byNumber = new Map<string, MessageUpdate[]>();
  for (const update of messages) {
    const own = byNumber.get(update.phoneNumberId);
    if (own) own.push(update);
    else byNumber.set(update.phoneNumberId, [update]);
  }
  return [...byNumber].flatMap(([phoneNumberId, own]) =>
    Array.from({ length: Math.ceil(own.length / MESSAGES_PER_TRANSACTION) }, (_, index) => ({
      phoneNumberId,
      updates: own.slice(index * MESSAGES_PER_TRANSACTION, (index + 1) * MESSAGES_PER_TRANSACTION),
    })),
  );
}

/** When the database refuses the data, halves it until the message at fault is alone. */
async function store(
  scope: CompanyScope,
  accountId: number,
  updates: readonly MessageUpdate[],
): Promise<Batch> {
  try {
    const wamids = await scope.db.transaction((tx) =>
      insertInboundMessages({ ...scope, db: tx }, accountId, updates.map(toReceived)),
    );
    // Of two with one wamid the first was stored.
    return {
      stored: updates.map(({ message }) => message).filter((m) => wamids.delete(m.wamid)),
      rejected: [],
    };
  } catch (error) {
    const code = dataErrorCode(error);
    const [first, ...others] = updates;
    if (!code || !first) throw error;
    if (others.length === 0) {
      return { stored: [], rejected: [rejection(first, "refused by the database", code)] };
    }
    const middle = Math.ceil(updates.length / 2);
    const left = await store(scope, accountId, updates.slice(0, middle));
    const right = await store(scope, accountId, updates.slice(middle));
    return {
      stored: [...left.stored, ...right.stored],
      rejected: [...left.rejected, ...right.rejected],
    };
  }
}

function toReceived({ message }: MessageUpdate): ReceivedMessage {
  const media = "media" in message ? message.media : undefined;
  return {
    wamid: message.wamid,
    waId: message.from,
    profileName: message.profileName,
    type: message.type,
    body: message.type === "text" ? message.body : null,
    mediaId: media?.id ?? null,
    mediaMimeType: media?.mimeType ?? null,
    mediaCaption: media?.caption ?? null,
    mediaSha256: media?.sha256 ?? null,
    mediaFilename: media?.filename ?? null,
    mediaVoice: media?.voice ?? null,
    payload: message.type === "unsupported" ? message.payload : null,
    sentAt: message.sentAt,
  };
}

function rejection({ raw }: { raw: unknown }, reason: string, detail?: string): QuarantineEntry {
  return { reason, detail, body: Buffer.from(JSON.stringify(boundDepth(raw))) };
}
