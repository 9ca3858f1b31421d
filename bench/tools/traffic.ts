import { integer, seededRandom } from "#tests/support/seeded-random.ts";
import { contact, signature, text, webhook } from "#tests/support/webhooks.ts";

export const KNOWN_SENDERS = 1000;
const KNOWN_SHARE = 0.9;
const FIRST_KNOWN = 15550100000;
const FIRST_NEW = 15560100000;
const WORDS = "Hello, is the blue one still there, and could you deliver it before Friday? ".repeat(
  2,
);

export interface SignedPost {
  body: string;
  signature: string;
  messages: number;
}

/** The same traffic for each server: texts, nine of ten from known senders, each with a new wamid. */
export class Traffic {
  readonly #random = seededRandom(1);
  #sent = 0;
  #newSenders = 0;

  /** One message from each known sender, in one POST. */
  introduction(): SignedPost {
    return this.#post(Array.from({ length: KNOWN_SENDERS }, (_, index) => FIRST_KNOWN + index));
  }

  next(messages: number): SignedPost {
    return this.#post(Array.from({ length: messages }, () => this.#sender()));
  }

  #sender(): number {
    if (this.#random() < KNOWN_SHARE) return FIRST_KNOWN + integer(this.#random, KNOWN_SENDERS);
    this.#newSenders += 1;
    return FIRST_NEW + this.#newSenders;
  }

  #post(senders: number[]): SignedPost {
    const messages = senders.map((sender) => {
      this.#sent += 1;
      const timestamp = String(1744344496 + this.#sent);
      const fields = { from: String(sender), timestamp, text: { body: WORDS } };
      return text(`wamid.HBgLMTU1NTAxMDAwMDEVAgASGBQzQTAyMUFCQzEyMzQ1Njc4OTA${this.#sent}`, fields);
    });
    const contacts = [...new Set(senders)].map((sender) => contact(`${sender}`, "Maya Lind"));
    const body = JSON.stringify(webhook(messages, { contacts }));
    return { body, signature: signature(body), messages: messages.length };
  }
}
