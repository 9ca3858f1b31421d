import { z } from "zod";
import type { Outgoing, Refusal } from "#app/models/outgoing/outgoing-message.ts";
import { label } from "../values/fields.ts";
import { type BackOff, createBackOff } from "./back-off.server.ts";
import {
  type ConnectionOptions,
  createConnection,
  environmentConnection,
} from "./connection.server.ts";
import { GraphError } from "./graph-error.ts";
import { messageBody, type SendOutcome } from "./message-body.ts";

/** Longer than a look-up waits, because giving up leaves everybody in doubt. */
const TIMEOUTS = { connectMs: 5_000, headersMs: 20_000, lookupIdleMs: 5_000 };
/** Well below the minute after which a message without an outcome counts as unconfirmed. */
const TOTAL_MS = 30_000;
/** Meta's code for a number that sends too fast: told where the number is left alone, too. */
const TOO_FAST = 130_429;
const MAX_TITLE = 256;
const MAX_DETAILS = 1024;
const NO_ACCESS =
  "WhatsApp doesn't accept this number's access token or its permissions. An admin must look into it.";

export type Sender = ReturnType<typeof createSender>;

const sendAnswer = z.object({
  messages: z.array(z.object({ id: z.string().regex(/^[\x21-\x7e]{1,256}$/) })),
});

/** Sends messages, each at most once. */
export function createSender(
  options: ConnectionOptions,
  { backOff = createBackOff(), totalMs = TOTAL_MS }: { backOff?: BackOff; totalMs?: number } = {},
) {
  const { ask } = createConnection({ timeouts: TIMEOUTS, ...options });

  return { sendMessage, markAsRead };

  /** Sends one message. Never throws, and never tries again. Takes 30 seconds at most. */
  async function sendMessage(message: Outgoing): Promise<SendOutcome> {
    const sent = writtenOnce(messageBody(message));
    try {
      const answer = await backOff(message.phoneNumberId, () => post(message.phoneNumberId, sent));
      const parsed = sendAnswer.safeParse(answer);
      const wamid = parsed.data?.messages[0]?.id;
      return wamid
        ? { kind: "accepted", wamid }
        : { kind: "unconfirmed", detail: "an answer without a message id" };
    } catch (error) {
      return outcomeOf(error, sent.written());
    }
  }

  /**
   * Shows the customer that their messages were read, up to one and with it (Meta: "Mark messages
   * as read"). WhatsApp takes that for 30 days.
   *
   * @throws {GraphError}
   */
  async function markAsRead(message: { phoneNumberId: string; wamid: string }): Promise<void> {
    const { phoneNumberId, wamid } = message;
    const body = { messaging_product: "whatsapp", status: "read", message_id: wamid };
    await backOff(phoneNumberId, () => post(phoneNumberId, writtenOnce(body)));
  }

  function post(phoneNumberId: string, { headers, body }: Written) {
    const path = `${encodeURIComponent(phoneNumberId)}/messages`;
    const question = { method: "POST" as const, path, phoneNumberId, headers, body: body() };
    return ask(question, AbortSignal.timeout(totalMs));
  }
}

type Written = ReturnType<typeof writtenOnce>;

/** A JSON body that knows whether it has begun to leave: it is asked for once there is a connection. */
function writtenOnce(json: object) {
  const bytes = Buffer.from(JSON.stringify(json));
  let written = false;
  return {
    headers: { "content-type": "application/json", "content-length": String(bytes.length) },
    async *body() {
      written = true;
      yield bytes;
    },
    written: () => written,
  };
}

function outcomeOf(error: unknown, written: boolean): SendOutcome {
  const known = error instanceof GraphError ? error : new GraphError("unexpected", String(error));
  if (written && mayBeSent(known)) return { kind: "unconfirmed", detail: known.message };
  const noAccess = known.kind === "refused" ? known.message : null;
  return { kind: "refused", noAccess, ...refusalOf(known) };
}

/** Whether WhatsApp may have sent a message all the same that it got whole. */
function mayBeSent({ kind, answer }: GraphError): boolean {
  switch (kind) {
    case "unavailable":
    case "timeout":
      return true;
    // Outside the contract it says nothing of the message: another program may have answered.
    case "unexpected":
      return answer === undefined;
    case "gone":
    case "refused":
    case "throttled":
      return false;
  }
}

/** What a refusal tells people. Of a token's not WhatsApp's words: they may quote the token. */
export function refusalOf({ kind, answer, message }: GraphError): Refusal {
  if (kind === "throttled") return { code: TOO_FAST, title: null, details: null };
  if (kind === "refused") return { code: answer?.code ?? null, title: NO_ACCESS, details: null };
  if (answer) {
    const [title, details] = [label(answer.title, MAX_TITLE), label(answer.details, MAX_DETAILS)];
    return { code: answer.code, title, details };
  }
  return { code: null, title: "WhatsApp could not be reached.", details: message };
}

/** Of uploads too: WhatsApp throttles a number for all that it does. */
export const sendingBackOff = createBackOff();

export const sender = createSender(environmentConnection, { backOff: sendingBackOff });
