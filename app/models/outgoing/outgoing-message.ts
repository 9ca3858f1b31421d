import type { MediaKind } from "../message-kind.ts";

/** A customer or a group, as WhatsApp wants to be told: one of the three. */
export type Recipient = { phone: string } | { userId: string } | { groupId: string };

/** What is sent: words, or a file that is at WhatsApp already. */
export type Content =
  | { type: "text"; body: string }
  | { type: MediaKind; mediaId: string; caption: string | null; filename: string | null };

export interface Outgoing {
  /** Our number. */
  phoneNumberId: string;
  recipient: Recipient;
  content: Content;
  /** The message that it answers. */
  replyToWamid: string | null;
  /** Comes back in its statuses, whether an answer came or not. */
  key: string;
}

/** Why something was not sent; each part as WhatsApp told it, if it did. */
export interface Refusal {
  code: number | null;
  title: string | null;
  details: string | null;
}
