import type { Chat } from "#simulator/phone/chats.ts";
import { businessNumber } from "#simulator/samples/business-numbers.ts";
import { READ_PATH } from "./chat-paths.ts";
import { type Html, html } from "./html.ts";
import { excerpt } from "./message-view.ts";

/** Every customer's chats; to open one is to read it. */
export function chatList(chats: readonly Chat[]): Html {
  return html`<section aria-labelledby="chats">
    <h2 id="chats">Chats</h2>
    ${chats.length === 0 && html`<p class="soft">None yet. Send a message, and it stands here.</p>`}
    <ul class="chats">${chats.map(line)}</ul>
  </section>`;
}

function line(chat: Chat): Html {
  const last = chat.messages.at(-1);
  const unread = chat.messages.filter(isUnread).length;
  return html`<li>
    <span><strong>${chat.name}</strong> with ${businessNumber(chat.to).name}${
      unread > 0 && html` <strong class="unread">${unread} new</strong>`
    }<br><span class="soft">${last && excerpt(last)}</span></span>
    <form method="post" action="${READ_PATH}">
      <input type="hidden" name="to" value="${chat.to}">
      <input type="hidden" name="customer" value="${chat.customer}">
      <button class="plain">Open</button>
    </form>
  </li>`;
}

function isUnread({ author, status }: Chat["messages"][number]): boolean {
  return author === "business" && status !== "read";
}
