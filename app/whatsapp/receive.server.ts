import { log as processLog } from "#app/log.server.ts";
import { webhookMessages, webhookPosts } from "#app/metrics.server.ts";
import { databaseErrorCode } from "#app/models/database-errors.server.ts";
import { quarantine } from "#app/models/quarantine.server.ts";
import type { Db } from "#db/open.server.ts";
import { type Ingested, ingest } from "./ingest.server.ts";
import { parseWebhook } from "./payload.ts";
import { plainText } from "./plain-text.ts";
import { readRawBody } from "./raw-body.server.ts";
import { isSignedByMeta } from "./signature.server.ts";

/** Meta repeats a webhook for 7 days; this only asks it not to hurry. */
const RETRY_AFTER_S = 30;

export interface Receiver {
  db: Db;
  /** Meta's app secrets. */
  secrets: readonly string[];
  log?: Pick<typeof processLog, "info" | "warn" | "error">;
}

type Answer = [status: number, text: string, headers?: Record<string, string>];

/**
 * Takes a webhook POST (Meta: Webhooks, "Event notifications"). Answers 200 only when everything
 * in it is committed; what can't be used is quarantined, because Meta's repeating it can't help.
 * 401 comes before anything is parsed or asked of the database.
 */
export async function receiveWebhook(request: Request, receiver: Receiver): Promise<Response> {
  const [status, text, headers] = await answerTo(request, receiver);
  webhookPosts.inc({ status });
  return plainText(status, text, headers);
}

async function answerTo(request: Request, receiver: Receiver): Promise<Answer> {
  const { db, secrets, log = processLog } = receiver;
  const startedAt = performance.now();
  const body = await readRawBody(request);
  if ("refused" in body) {
    log.warn({ event: "webhook.refused", status: body.refused });
    return refusals[body.refused];
  }
  if (!isSignedByMeta(body.bytes, request.headers.get("x-hub-signature-256"), secrets)) {
    log.warn({ event: "webhook.refused", status: 401 });
    return [
      401,
      "X-Hub-Signature-256 is missing or was not made over this body with our app secret.",
    ];
  }
  try {
    const ingested = await ingestBody(db, body.bytes);
    const ms = Math.round(performance.now() - startedAt);
    report(ingested, { bytes: body.bytes.length, ms }, log);
    return [200, "Received."];
  } catch (error) {
    return failure(error, log);
  }
}

const refusals: Record<413 | 408 | 400, Answer> = {
  413: [413, "The body is larger than 4 MiB.", { connection: "close" }],
  408: [408, "The body took too long to arrive.", { connection: "close" }],
  400: [400, "The body ended early."],
};

async function ingestBody(db: Db, bytes: Uint8Array): Promise<Ingested> {
  const body = parseJson(bytes);
  if (body) return ingest(db, parseWebhook(body.json, new Date()));
  await quarantine(db, [{ reason: "not JSON", body: bytes }]);
  return { stored: [], duplicates: 0, quarantined: 1, ignored: 0 };
}

function parseJson(bytes: Uint8Array): { json: unknown } | undefined {
  try {
    return { json: JSON.parse(new TextDecoder().decode(bytes)) };
  } catch {
    return undefined;
  }
}

function report(
  { stored, duplicates, quarantined, ignored }: Ingested,
  post: { bytes: number; ms: number },
  log: NonNullable<Receiver["log"]>,
): void {
  webhookMessages.inc({ outcome: "stored" }, stored.length);
  webhookMessages.inc({ outcome: "duplicate" }, duplicates);
  webhookMessages.inc({ outcome: "quarantined" }, quarantined);
  for (const { companyId, message } of stored) {
    if (!("media" in message)) continue;
    const { type, media } = message;
    log.info({ event: "webhook.media_received", mediaId: media.id, type, companyId });
  }
  const messages = stored.length;
  log.info({ event: "webhook.received", messages, duplicates, quarantined, ignored, ...post });
}

/** An error's message can hold a customer's words, as the values of a query: only its code is logged. */
function failure(error: unknown, log: NonNullable<Receiver["log"]>): Answer {
  const code = databaseErrorCode(error);
  if (code) {
    log.error({ event: "webhook.failed", status: 503, code });
    return [503, "The database can't be used now.", { "retry-after": String(RETRY_AFTER_S) }];
  }
  const at = error instanceof Error ? error.stack?.match(/^ +at .+$/m)?.[0].trim() : undefined;
  log.error({ event: "webhook.failed", status: 500, error: String(Object(error).name), at });
  return [500, "The webhook could not be stored."];
}
