import { plainText } from "#app/http/plain-text.ts";
import { databaseErrorCode } from "#app/models/database-errors.server.ts";
import { mediaKindOf } from "#app/models/message-kind.ts";
import { log as processLog } from "#app/process/log.server.ts";
import {
  webhookDeferrals,
  webhookMessages,
  webhookPosts,
  webhookStatuses,
} from "#app/process/metrics.server.ts";
import type { DutyDb } from "#db/handles.server.ts";
import { type Ingested, ingestBody } from "../ingest/ingest.server.ts";
import { type Admit, admit as processAdmit } from "./admission.server.ts";
import type { Deferral } from "./bounded-queue.ts";
import { readRawBody } from "./raw-body.server.ts";
import { isSignedByMeta } from "./signature.server.ts";
import { reportEvents } from "./webhook-events.server.ts";

/** Seconds. Meta repeats a webhook for 7 days; this only asks it not to hurry. */
const retryAfter = { "retry-after": "30" };

export interface Receiver {
  /** Of the duty "webhook". */
  db: DutyDb;
  /** Meta's app secrets. */
  secrets: readonly string[];
  log?: Log;
  /** Another admission than the process's, for tests. */
  admit?: Admit;
}

type Log = Pick<typeof processLog, "info" | "warn" | "error">;

type Answer = [status: number, text: string, headers?: Record<string, string>];

/**
 * Takes a webhook POST (Meta: Webhooks, "Event notifications"). Answers 200 only when everything
 * in it is committed; what can't be used is quarantined, because Meta's repeating it can't help.
 * 401 comes before anything is parsed or asked of the database. 503 with Retry-After means that it
 * could not be stored in time, or at all.
 */
export async function receiveWebhook(request: Request, receiver: Receiver): Promise<Response> {
  const [status, text, headers] = await answerTo(request, receiver);
  webhookPosts.inc({ status });
  return plainText(status, text, headers);
}

async function answerTo(request: Request, receiver: Receiver): Promise<Answer> {
  const { secrets, log = processLog, admit = processAdmit } = receiver;
  const startedAt = performance.now();
  const body = await readRawBody(request);
  if ("refused" in body) {
    log.warn({ event: "webhook.refused", status: body.refused });
    return refusals[body.refused];
  }
  // Before admission: what nobody signed must not take the places of what Meta did.
  if (!isSignedByMeta(body.bytes, request.headers.get("x-hub-signature-256"), secrets)) {
    log.warn({ event: "webhook.refused", status: 401 });
    return [
      401,
      "X-Hub-Signature-256 is missing or was not made over this body with our app secret.",
    ];
  }
  const store = () => storeAndReport(receiver.db, body.bytes, startedAt, log);
  const outcome = await admit(body.bytes, store);
  return "done" in outcome ? outcome.done : deferral(outcome.deferred, body.bytes.length, log);
}

const refusals: Record<413 | 408 | 400, Answer> = {
  413: [413, "The body is larger than 4 MiB.", { connection: "close" }],
  408: [408, "The body took too long to arrive.", { connection: "close" }],
  400: [400, "The body ended early."],
};

/** Never throws: by the time it ends, the POST may have been answered. */
async function storeAndReport(
  db: DutyDb,
  bytes: Uint8Array,
  startedAt: number,
  log: Log,
): Promise<Answer> {
  try {
    const ingested = await ingestBody(db, bytes, new Date());
    const ms = Math.round(performance.now() - startedAt);
    report(ingested, { bytes: bytes.length, ms }, log);
    reportEvents(ingested.events, log);
    return [200, "Received."];
  } catch (error) {
    return failure(error, log);
  }
}

function report(
  { stored, duplicates, statuses, quarantined, events }: Ingested,
  post: { bytes: number; ms: number },
  log: Log,
): void {
  webhookMessages.inc({ outcome: "stored" }, stored.length);
  webhookMessages.inc({ outcome: "duplicate" }, duplicates);
  webhookMessages.inc({ outcome: "quarantined" }, quarantined);
  webhookStatuses.inc(statuses);
  for (const { companyId, message } of stored) {
    const own = mediaKindOf(message.type);
    const files = own ? [{ mediaId: message.mediaId, kind: own }, ...message.files] : message.files;
    for (const { mediaId, kind: type } of files) {
      log.info({ event: "webhook.media_received", mediaId, type, companyId });
    }
  }
  const messages = stored.length;
  const counts = { messages, duplicates, statuses, quarantined, events: events.length };
  log.info({ event: "webhook.received", ...counts, ...post });
}

const deferrals: Record<Deferral, string> = {
  full: "Too many webhooks are in progress.",
  late: "The webhook could not be stored in time.",
};

function deferral(reason: Deferral, bytes: number, log: Log): Answer {
  webhookDeferrals.inc({ reason });
  log.warn({ event: "webhook.deferred", reason, bytes });
  return [503, deferrals[reason], retryAfter];
}

/** An error's message can hold a customer's words, as the values of a query: only its code is logged. */
function failure(error: unknown, log: Log): Answer {
  const code = databaseErrorCode(error);
  if (code) {
    log.error({ event: "webhook.failed", status: 503, code });
    return [503, "The database can't be used now.", retryAfter];
  }
  const at = error instanceof Error ? error.stack?.match(/^ +at .+$/m)?.[0].trim() : undefined;
  log.error({ event: "webhook.failed", status: 500, error: String(Object(error).name), at });
  return [500, "The webhook could not be stored."];
}
