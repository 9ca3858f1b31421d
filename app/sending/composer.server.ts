import { randomUUID } from "node:crypto";
import type { ConversationHead } from "#app/models/inbox/conversations.server.ts";
import type { MessageResponse, Quote } from "#app/models/messages/message-response.ts";
import { findReplyTarget } from "#app/models/messages/reply-target.server.ts";
import { numericId } from "#app/models/numeric-id.ts";
import type { CompanyScope } from "#app/models/scope.server.ts";
import { type ReplyWindow, replyWindow } from "./reply-window.ts";

const QUOTED_CHARACTERS = 200;

/** What a page's composer is made of. */
export interface ComposerData {
  /** Of this form, and of no other. */
  key: string;
  /** The highest id of a message on the page; null without messages. */
  through: number | null;
  window: ReplyWindow;
  /** The message that is answered. */
  quote: Exclude<Quote, { missing: true }> | null;
  /** Whether its file is asked for again. */
  asksAgain: boolean;
}

/**
 * @param messages those of the page: a quoted message that is among them needs no query
 * @param query the page's; `reply` is the message that is answered, `ask` asks for its file
 */
export async function composerFor(
  scope: CompanyScope,
  conversation: Pick<ConversationHead, "id" | "lastInboundAt">,
  messages: readonly MessageResponse[],
  query: URLSearchParams,
  now: number,
): Promise<ComposerData> {
  const quote = await quoteOf(scope, conversation.id, messages, numericId(query.get("reply")));
  return {
    key: randomUUID(),
    through: messages.length > 0 ? Math.max(...messages.map(({ id }) => id)) : null,
    window: replyWindow(conversation.lastInboundAt, now),
    quote,
    asksAgain: quote !== null && query.get("ask") === "1",
  };
}

async function quoteOf(
  scope: CompanyScope,
  conversationId: number,
  messages: readonly MessageResponse[],
  messageId: number | undefined,
): Promise<ComposerData["quote"]> {
  if (!messageId) return null;
  const message = messages.find(({ id }) => id === messageId);
  if (message) return message.isLocal ? null : quoteFrom(message);
  const target = await findReplyTarget(scope, { conversationId, messageId });
  return target && !target.quote.missing ? target.quote : null;
}

function quoteFrom(message: MessageResponse): NonNullable<ComposerData["quote"]> {
  const { id: messageId, direction, senderName, type, mediaVoice } = message;
  const text = (message.mediaCaption ?? message.body)?.slice(0, QUOTED_CHARACTERS) ?? null;
  const revoked = message.revokedAt !== null;
  return { missing: false, messageId, direction, senderName, type, mediaVoice, text, revoked };
}
