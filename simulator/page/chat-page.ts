import type { Chat, ChatMessage } from "#simulator/phone/chats.ts";
import { businessNumber } from "#simulator/samples/business-numbers.ts";
import { chatUrl, REACT_PATH, READ_PATH, REVOKE_PATH } from "./chat-paths.ts";
import { type Html, html } from "./html.ts";
import { excerpt, messageView } from "./message-view.ts";
import { page } from "./page.ts";
import { type Result, resultView } from "./result.ts";
import { sendForm } from "./send-form.ts";

const EMOJIS = ["👍", "❤️", "😂"];

/** What the next message is about. */
export interface About {
  reply: string | null;
  edit: string | null;
}

/** @returns one customer's chat as HTML, the newest message last */
export function chatPage(chat: Chat, about: About, result: Result | undefined): string {
  const business = businessNumber(chat.to).name;
  const find = (id: string | null) => chat.messages.find(({ wamid }) => wamid === id);
  return page(
    `${chat.name} and ${business}`,
    html`<header>
    <h1>${chat.name}</h1>
    <p class="soft">with ${business}. <a href="/">All chats</a> <a href="${chatUrl(chat)}">Reload</a></p>
  </header>
  ${resultView(result)}
  <section aria-label="Messages">
    <ol class="messages">${chat.messages.map((message) => line(chat, message, find))}</ol>
    ${form(chat, READ_PATH, {}, html`<button class="plain">Read all</button>`)}
  </section>
  ${
    chat.kind === "group"
      ? html`<p class="soft">A group: its members' messages are for tests to send.</p>`
      : sendForm({ chat, repliesTo: find(about.reply), edits: find(about.edit) })
  }`,
  );
}

function line(
  chat: Chat,
  message: ChatMessage,
  find: (id: string | null) => ChatMessage | undefined,
): Html {
  const { author, wamid, at, status, reaction } = message;
  const time = new Date(at * 1000).toISOString().slice(0, 16).replace("T", " ");
  const quoted = find(message.repliesTo);
  return html`<li class="${author}" data-wamid="${wamid}">
    ${quoted && html`<blockquote>${excerpt(quoted)}</blockquote>`}
    ${messageView(message)}
    <p class="soft">${time} ${status}${reaction && html` <span>${reaction}</span>`}</p>
    ${!message.isRevoked && buttons(chat, message)}
  </li>`;
}

function buttons(chat: Chat, { author, wamid, type, reaction }: ChatMessage): Html {
  const target = { target: wamid };
  if (author === "customer") {
    const revoke = form(chat, REVOKE_PATH, target, html`<button class="plain">Delete</button>`);
    const edit = html`<a href="${chatUrl(chat, { edit: wamid })}#send">Edit</a>`;
    return html`<div class="actions">${type === "text" && edit}${revoke}</div>`;
  }
  const emojis = EMOJIS.map(
    (emoji) => html`<button class="plain" name="emoji" value="${emoji}">${emoji}</button>`,
  );
  const none = html`<button class="plain" name="emoji" value="">No reaction</button>`;
  return html`<div class="actions">
    <a href="${chatUrl(chat, { reply: wamid })}#send">Reply</a>
    ${form(chat, REACT_PATH, target, html`${emojis}${reaction !== null && none}`)}
  </div>`;
}

function form(chat: Chat, action: string, fields: Record<string, string>, content: Html): Html {
  const hidden = Object.entries({ to: chat.to, customer: chat.customer, ...fields });
  return html`<form method="post" action="${action}" class="inline">${hidden.map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  )}${content}</form>`;
}
