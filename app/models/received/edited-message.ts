import { mediaKindOf } from "../message-kind.ts";
import { MEDIA_PLACEHOLDER } from "./received.ts";

/** What decides which of a message's edits show. Times are milliseconds since 1970. */
export interface EditableMessage {
  id: number;
  type: string;
  /** Of the edit that its words are of; null where they are its own. */
  editedAt: number | null;
  /** Of the edit that its file is of; null where it is its own. */
  mediaEditedAt: number | null;
  /** How many files hang on it beside its own. */
  files: number;
}

export interface Edit {
  id: number;
  type: string;
  sentAt: number;
  /** Whether it names a file that can be asked for. */
  namesFile: boolean;
  /** How many files hang on it beside its own. */
  files: number;
}

/** What a message is to be, by the ids of the messages that it takes its parts from. */
export interface EditedMessage {
  id: number;
  words: number;
  /** Null where it has no file. */
  file: number | null;
  /** The edits that are carried out, or that a later one has made void. */
  done: number[];
}

/**
 * Works out what becomes of a message by its edits, in whatever order they came, some of them before.
 * The words are the latest edit's. The file is that of the latest edit that names one: an edit
 * without a file's id is of the caption, and so is a text. What would cost a file otherwise is not
 * carried out, and stays beside the message.
 *
 * @param edits the earliest first
 */
export function editedMessage(message: EditableMessage, edits: readonly Edit[]): EditedMessage {
  const { id } = message;
  const done: number[] = [];
  let words: Part = message;
  let file: Part | null = mediaKindOf(message.type) ? message : null;
  let editedAt = message.editedAt ?? Number.NEGATIVE_INFINITY;
  let fileAt = message.mediaEditedAt ?? Number.NEGATIVE_INFINITY;
  // A placeholder's file is still to come, and finds it by its type.
  let isFixed = message.files > 0 || message.type === MEDIA_PLACEHOLDER;
  for (const edit of edits) {
    const isLatest = edit.sentAt >= editedAt;
    const isFile = mediaKindOf(edit.type) !== null;
    if (isFixed) continue;
    if (isCaptioned(edit) && isCaptioned(file ?? words)) {
      if (edit.namesFile ? edit.sentAt >= fileAt : isFile && isLatest && !file) file = edit;
    } else {
      const carriesFiles = edit.namesFile || edit.files > 0;
      if (file || (carriesFiles && !isLatest)) continue;
      if (isFile && isLatest) file = edit;
    }
    done.push(edit.id);
    if (file === edit && edit.namesFile) fileAt = edit.sentAt;
    if (isLatest) {
      words = edit;
      editedAt = edit.sentAt;
      isFixed = edit.files > 0;
    }
  }
  return { id, words: words.id, file: file?.id ?? null, done };
}

type Part = Pick<Edit, "id" | "type">;

/** What has words and may have a file, so that one becomes the other without a loss. */
function isCaptioned({ type }: Part): boolean {
  return type === "text" || mediaKindOf(type) !== null;
}
