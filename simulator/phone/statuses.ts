import { setTimeout } from "node:timers/promises";
import { graphErrorOf } from "#simulator/answers/send-errors.ts";
import { escapeLikeMeta } from "#simulator/wire/escape.ts";
import type { World } from "#simulator/world.ts";
import type { Chat, ChatMessage, DeliveryStatus } from "./chats.ts";
import { deliver } from "./deliver.ts";
import { webhookEnvelope } from "./webhook-body.ts";

export interface StatusUpdate {
  status: Exclude<DeliveryStatus, "accepted">;
  /** Why it failed: a code of Meta's "Error codes". */
  code?: number;
}

/** Tells the business by webhook how far its messages got: each message's statuses one by one. */
export class StatusQueue {
  readonly #last = new Map<ChatMessage, Promise<void>>();

  /** Adds them behind what the message's other statuses still wait for. */
  add(world: World, chat: Chat, message: ChatMessage, updates: readonly StatusUpdate[]): void {
    for (const update of updates) {
      const before = this.#last.get(message) ?? Promise.resolve();
      const told = before.then(() => tell(world, chat, message, update));
      this.#last.set(message, told);
      void told.then(() => {
        if (this.#last.get(message) === told) this.#last.delete(message);
      });
    }
  }

  /** Waits until all of them are delivered, or given up. */
  async idle(): Promise<void> {
    while (this.#last.size > 0) await Promise.all(this.#last.values());
  }
}

/** The customer opens the chat: what the business sent there is read now. */
export function readChat(world: World, chat: Chat): void {
  if (!world.settings.statuses) return;
  for (const message of chat.messages) {
    const isRead = message.status === "read" || message.status === "failed";
    if (message.author === "customer" || isRead) continue;
    message.status = "read";
    world.statuses.add(world, chat, message, [{ status: "read" }]);
  }
}

async function tell(world: World, chat: Chat, message: ChatMessage, update: StatusUpdate) {
  try {
    await setTimeout(world.settings.statusDelayMs, undefined, { signal: world.closing });
  } catch {
    return;
  }
  if (message.status !== "read") message.status = update.status;
  const body = statusBody(chat, message, update, Math.floor(world.now() / 1000));
  await deliver(world, escapeLikeMeta(JSON.stringify(body)));
}

/** A status as webhooks carry it (Meta's "Webhooks, statuses", as of version 24: no conversation). */
export function statusBody(
  chat: Chat,
  message: Pick<ChatMessage, "wamid" | "callbackData">,
  { status, code }: StatusUpdate,
  at: number,
) {
  const isPriced = status === "sent" || status === "delivered";
  return webhookEnvelope(chat.to, {
    statuses: [
      {
        id: message.wamid,
        status,
        timestamp: String(at),
        ...recipient(chat),
        ...(message.callbackData !== null && { biz_opaque_callback_data: message.callbackData }),
        ...(isPriced && { pricing: PRICING }),
        ...(code !== undefined && { errors: [failure(code)] }),
      },
    ],
  });
}

const PRICING = {
  billable: false,
  pricing_model: "PMP",
  type: "free_customer_service",
  category: "service",
};

function recipient({ kind, customer, userId }: Chat) {
  return {
    ...(kind !== "user" && { recipient_id: customer }),
    ...(kind === "group" && { recipient_type: "group" }),
    ...(userId !== null && { recipient_user_id: userId }),
  };
}

function failure(code: number) {
  const { title, details } = graphErrorOf(code);
  const href = "https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/";
  return { code, title, message: title, error_data: { details }, href };
}
