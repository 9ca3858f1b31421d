import { businessNumbers } from "../business-numbers.ts";
import { DEFAULT_SENDER } from "../phone/send.ts";
import { mediaKinds, samples } from "../samples/index.ts";
import { type Html, html } from "./html.ts";

export const SEND_PATH = "/_phone/send";

const NAMES = {
  photo: "Photo",
  voice: "Voice note",
  video: "Video",
  sticker: "Sticker",
  document: "PDF",
};

export function sendForm(): Html {
  return html`<section aria-labelledby="send">
    <h2 id="send">Send a message</h2>
    <form method="post" action="${SEND_PATH}" enctype="multipart/form-data">
      <div class="row">
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
      </div>
      <fieldset><legend>What</legend><div class="choices">
        <label><input type="radio" name="kind" value="text"> Text</label>
        ${mediaKinds.map(
          (kind) =>
            html`<label><input type="radio" name="kind" value="${kind}"${
              kind === "photo" && html` checked`
            }> <span>${NAMES[kind]} <span class="soft">${samples[kind].title}</span></span></label>`,
        )}
      </div></fieldset>
      <label class="field">Text or caption
        <textarea name="text" rows="2" maxlength="4096"></textarea>
      </label>
      <label class="field">A file of your own, instead of the sample
        <input type="file" name="file">
      </label>
      <button>Send</button>
    </form>
  </section>`;
}
