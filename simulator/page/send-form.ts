import type { Chat, ChatMessage } from "#simulator/phone/chats.ts";
import { DEFAULT_SENDER, type MessageKind, type TargetKind } from "#simulator/phone/send.ts";
import { businessNumbers } from "#simulator/samples/business-numbers.ts";
import { samples } from "#simulator/samples/index.ts";
import { chatUrl } from "./chat-paths.ts";
import { type Html, html } from "./html.ts";
import { excerpt } from "./message-view.ts";

export const SEND_PATH = "/_phone/send";

/** What can be sent by the form, which is about no other message, under its name and with more of it. */
const CHOICES: Record<Exclude<MessageKind, TargetKind> | "album", [name: string, title: string]> = {
  text: ["Text", ""],
  photo: ["Photo", samples.photo.title],
  voice: ["Voice note", samples.voice.title],
  video: ["Video", samples.video.title],
  sticker: ["Sticker", samples.sticker.title],
  document: ["PDF", samples.document.title],
  album: ["Album", "two pictures at once"],
  location: ["Location", "a café at the harbour"],
  contacts: ["Contact card", "Ben Okafor's"],
  form: ["Form", "filled in, with a picture and papers"],
};

export const choices = Object.keys(CHOICES) as (keyof typeof CHOICES)[];

/** A message in a chat: an answer, an edit of an earlier one, or neither. */
export interface Draft {
  chat: Chat;
  repliesTo: ChatMessage | undefined;
  edits: ChatMessage | undefined;
}

/** @param draft without it, somebody new may write to any number */
export function sendForm(draft?: Draft): Html {
  const { repliesTo, edits } = draft ?? {};
  return html`<section aria-labelledby="send">
    <h2 id="send">${edits ? "Edit a message" : "Send a message"}</h2>
    <form method="post" action="${SEND_PATH}" enctype="multipart/form-data">
      ${draft ? chatFields(draft.chat) : senderFields()}
      ${repliesTo && about(draft, "Answers", "repliesTo", repliesTo)}
      ${
        edits
          ? html`${about(draft, "Edits", "target", edits)}<input type="hidden" name="kind" value="edit">`
          : kindFields(draft ? "text" : "photo")
      }
      <label class="field">Text or caption
        <textarea name="text" rows="2" maxlength="4096"></textarea>
      </label>
      ${
        !edits &&
        html`<label class="field">A file of your own, instead of the sample
        <input type="file" name="file">
      </label>`
      }
      <button>Send</button>
    </form>
  </section>`;
}

function senderFields(): Html {
  return html`<div class="row">
        <label class="field">To
          <select name="to">${businessNumbers.map(
            ({ phoneNumberId, name, displayPhoneNumber }) =>
              html`<option value="${phoneNumberId}">${name} (+${displayPhoneNumber})</option>`,
          )}</select>
        </label>
        <label class="field">Your name
          <input name="name" value="${DEFAULT_SENDER.name}" autocomplete="off">
        </label>
        <label class="field">Your number
          <input name="from" value="${DEFAULT_SENDER.from}" required inputmode="numeric"
            pattern="[0-9]{5,20}" title="5 to 20 digits with the country code, without +"
            autocomplete="off">
        </label>
      </div>`;
}

function chatFields({ to, customer, kind, name }: Chat): Html {
  return html`<input type="hidden" name="to" value="${to}">
      <input type="hidden" name="customer" value="${customer}">
      <input type="hidden" name="${kind === "user" ? "userId" : "from"}" value="${customer}">
      <input type="hidden" name="name" value="${name}">`;
}

function about(draft: Draft | undefined, word: string, field: string, message: ChatMessage) {
  return html`<blockquote>${word}: ${excerpt(message)}
      <input type="hidden" name="${field}" value="${message.wamid}">
      ${draft && html`<a href="${chatUrl(draft.chat)}">Cancel</a>`}</blockquote>`;
}

function kindFields(chosen: string): Html {
  return html`<fieldset><legend>What</legend><div class="choices">${choices.map((kind) => {
    const [name, title] = CHOICES[kind];
    return html`<label><input type="radio" name="kind" value="${kind}"${
      kind === chosen && html` checked`
    }> <span>${name} <span class="soft">${title}</span></span></label>`;
  })}</div></fieldset>`;
}
