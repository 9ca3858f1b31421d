import type { MessageKind } from "../message-kind.ts";
import type { InsertedFile } from "./message-files.server.ts";
import type { InsertedStatus } from "./message-statuses.server.ts";
import type { InsertedMessage } from "./message-writes.server.ts";

/** A customer, under the ids that one update gave; at least one of them is set. */
export interface Person {
  /** WhatsApp's phone number of theirs: digits. */
  waId: string | null;
  /** The business-scoped user id, which stays when the phone number is withheld. */
  userId: string | null;
  name: string | null;
  username: string | null;
}

type FiledHere = "conversationId" | "senderContactId" | "hidden" | "unread";

/** A file of a message beside its own. */
export type ReceivedFile = Omit<InsertedFile, "wamid">;

/** A message of a webhook, safe to store: no text in it holds what PostgreSQL refuses. */
export interface ReceivedMessage extends Omit<InsertedMessage, FiledHere | "type"> {
  type: MessageKind | typeof REACTION | typeof REVOKE;
  /** The customer at the other end, whichever way it went; null only in a group. */
  person: Person | null;
  /** The group that it was posted in, by `person` or by us. */
  groupId: string | null;
  /** History sync brought it: what was said before this inbox was connected has been dealt with. */
  imported: boolean;
  /** Those of a form, each id once. */
  files: readonly ReceivedFile[];
}

/** Two types of message that are no line of their own: each says something of its `targetWamid`. */
export const REACTION = "reaction";
export const REVOKE = "revoke";

/** The kind that gives way to the file that it stands for. */
export const MEDIA_PLACEHOLDER = "media_placeholder" satisfies MessageKind;

/** Any other message with a `targetWamid` is an edit: it carries the message as it should be. */
export function isEdit({ type, targetWamid }: Pick<ReceivedMessage, "type" | "targetWamid">) {
  return targetWamid !== null && type !== REACTION && type !== REVOKE;
}

/** How far a message of ours got at one recipient. */
export interface ReceivedStatus extends Omit<InsertedStatus, "rank"> {
  /** The key that we sent the message with (`biz_opaque_callback_data`); null for other apps' messages. */
  sentWithKey: string | null;
}

/** A person changed their phone number or their user id. */
export interface IdentityChange {
  previous: Pick<Person, "waId" | "userId">;
  current: Pick<Person, "waId" | "userId">;
  at: Date;
}

/** What a group is called. */
export interface ReceivedGroup {
  groupId: string;
  subject: string;
  at: Date;
}
