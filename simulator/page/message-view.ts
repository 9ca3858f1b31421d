import type { ChatMessage } from "#simulator/phone/chats.ts";
import { FILE_PATH } from "./chat-paths.ts";
import { type Html, html } from "./html.ts";

const MAX_EXCERPT = 80;

type Content = Record<string, unknown>;

/** What the message says, with its file as a link. */
export function messageView(message: ChatMessage): Html {
  if (message.isRevoked) return html`<p class="soft">Deleted by its sender.</p>`;
  const content = contentOf(message);
  if (typeof content.id === "string") {
    const query = new URLSearchParams({ id: content.id });
    const name = typeof content.filename === "string" ? content.filename : `The ${message.type}`;
    return html`<p><a href="${FILE_PATH}?${query.toString()}">${name}</a></p>${
      typeof content.caption === "string" && html`<p class="words">${content.caption}</p>`
    }`;
  }
  return html`<p class="words">${wordsOf(message)}</p>`;
}

/** One line of it. */
export function excerpt(message: ChatMessage): string {
  const words = message.isRevoked ? "deleted" : wordsOf(message);
  const whole = message.author === "business" ? `They: ${words}` : words;
  return whole.length > MAX_EXCERPT ? `${whole.slice(0, MAX_EXCERPT)}…` : whole;
}

function wordsOf(message: ChatMessage): string {
  const content = contentOf(message);
  if (typeof content.body === "string") return content.body;
  if (message.type === "location") {
    return `📍 ${content.name ?? ""} ${content.latitude}, ${content.longitude}`;
  }
  if (message.type === "interactive") return `📋 ${JSON.stringify(message.content)}`;
  if (message.type === "contacts") return `👤 ${JSON.stringify(message.content)}`;
  const caption = typeof content.caption === "string" ? `: ${content.caption}` : "";
  return `${message.type}${caption}`;
}

function contentOf({ content }: ChatMessage): Content {
  return typeof content === "object" && content !== null ? (content as Content) : {};
}
