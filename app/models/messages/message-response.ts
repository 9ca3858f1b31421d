import type { MediaKind } from "../message-kind.ts";
import type { Referral } from "./details/referral.ts";
import type { MessageDetails } from "./message-details.ts";

/** Who wrote something. */
export interface Author {
  direction: "inbound" | "outbound";
  /** Whoever of a group it was; null for the conversation's contact, and for us. */
  senderName: string | null;
}

/** What a message answers. */
export type Quote =
  | { missing: true }
  | (Author & {
      missing: false;
      messageId: number;
      type: string;
      mediaVoice: boolean;
      /** The beginning of its words. */
      text: string | null;
      revoked: boolean;
    });

/** How far a message of ours got; in a group, how far it got at best, and how often. */
export interface Delivery {
  /**
   * WhatsApp's word: sent, delivered, read, played, failed, or one that this version doesn't know.
   * Before WhatsApp has given it an id, ours: sending, failed, unconfirmed.
   */
  status: string;
  errorCode: number | null;
  errorTitle: string | null;
  errorDetails: string | null;
  /** Null but in a group. */
  counts: { delivered: number; read: number; failed: number } | null;
}

export interface Reaction {
  emoji: string;
  from: Author[];
}

/** A message as the conversation's loader returns it. Of media only the name tag, never bytes or a URL. */
export interface MessageResponse extends Author {
  id: number;
  type: string;
  body: string | null;
  sentAt: Date;
  /** Nobody has dealt with it. */
  unread: boolean;
  /** Who of us wrote it here. */
  sentByName: string | null;
  /** WhatsApp has given it no id yet: it is on its way there, or was not sent. */
  isLocal: boolean;
  forwarded: "once" | "often" | null;
  editedAt: Date | null;
  /** When its sender took it back: nothing of it is left. */
  revokedAt: Date | null;
  /** WhatsApp's own error, where it couldn't deliver the message to us. */
  problem: { errorCode: number | null; errorTitle: string | null } | null;
  /** What it says other than in words and files. */
  details: MessageDetails | null;
  referral: Referral | null;
  quoted: Quote | null;
  reactions: Reaction[];
  /** Null for a message of the customer's, and where WhatsApp has told nothing. */
  delivery: Delivery | null;
  /** Set for the types that carry a file. */
  mediaKind: MediaKind | null;
  /** Null when the message has no file, or its id had a shape that can't be asked for. */
  mediaId: string | null;
  mediaCaption: string | null;
  mediaFilename: string | null;
  mediaVoice: boolean;
  /** In bytes; null until WhatsApp has told it. */
  mediaSize: number | null;
  /** Three hexadecimal digits that tell files apart at a glance; null where nothing does. */
  mediaTint: string | null;
  /** When WhatsApp deletes the file, or those of a form. */
  mediaExpiresAt: Date | null;
}
