import { type MediaKind, type MessageKind, messageKindOf } from "#app/models/message-kind.ts";
import { readInteractive as readAnswer } from "#app/models/messages/details/answer.ts";
import {
  REACTION,
  REVOKE,
  type ReceivedFile,
  type ReceivedMessage,
} from "#app/models/received/received.ts";
import { identifier, isObject, type JsonObject, objectOf, text } from "../values/fields.ts";
import { sanitiseJson } from "../values/sanitise.ts";
import { MAX_CAPTION, NO_MEDIA, readMedia } from "./media.ts";

/** What a message says, under its type. */
type Content = Pick<ReceivedMessage, "type" | "body" | "payload" | "targetWamid" | "files"> &
  typeof NO_MEDIA;

/** Not the first in a literal: V8 makes those ten times more slowly. */
const NOTHING = { body: null, payload: null, targetWamid: null, files: [], ...NO_MEDIA };
const NO_TARGET = "no target message id";

/**
 * Reads what a message says, by its type. A type that this version does not know, and a known one
 * without the part that its type names, is "unsupported" with the whole message as its payload.
 */
export function readContent(message: JsonObject): Content | typeof NO_TARGET {
  const { type, reaction, revoke, edit } = message;
  switch (type) {
    case REACTION: {
      const { message_id, emoji } = objectOf(reaction);
      return readTargeted(message_id, { type, ...NOTHING, body: text(emoji) || null });
    }
    case REVOKE:
      return readTargeted(objectOf(revoke).original_message_id, { type, ...NOTHING });
    case "edit": {
      const { original_message_id, message: edited } = objectOf(edit);
      const content = isObject(edited) ? readLine(edited) : null;
      return readTargeted(original_message_id, content ?? unsupported(message));
    }
    default:
      return readLine(message) ?? unsupported(message);
  }
}

function readTargeted(target: unknown, content: Content): Content | typeof NO_TARGET {
  const targetWamid = identifier(target);
  return targetWamid ? { ...content, targetWamid } : NO_TARGET;
}

/** What is a line of a conversation by itself; null for any other, and where its own part is missing. */
function readLine(message: JsonObject): Content | null {
  const { type, voice } = message;
  // What the on-premises API called a voice message.
  if (type === "voice") {
    return { type: "audio", ...NOTHING, ...readMedia(voice), mediaVoice: true };
  }
  const kind = messageKindOf(type);
  return kind === "unsupported" ? null : readers[kind](message);
}

type Reader = (message: JsonObject) => Content | null;

/** What each kind says, under its own name in the message. */
const readers: Record<Exclude<MessageKind, "unsupported">, Reader> = {
  text({ text: part }) {
    const body = text(objectOf(part).body);
    return body === null ? null : { type: "text", ...NOTHING, body };
  },
  image: file("image"),
  video: file("video"),
  audio: file("audio"),
  document: file("document"),
  sticker: file("sticker"),
  // A place's name and address are facts about it, not what the customer said.
  location: part("location", () => null),
  contacts: ({ contacts }) =>
    Array.isArray(contacts)
      ? { type: "contacts", ...NOTHING, payload: sanitiseJson(contacts) }
      : null,
  interactive(message) {
    const content = readInteractive(message);
    return content && { ...content, ...filesOfForm(message) };
  },
  button: part("button", (button) => text(button.text)),
  order: part("order", (order) => text(order.text)),
  system: part("system", (system) => text(system.body)),
  request_welcome: () => ({ type: "request_welcome", ...NOTHING }),
  media_placeholder: () => ({ type: "media_placeholder", ...NOTHING }),
};

function file(type: MediaKind): Reader {
  return (message) => ({ type, ...NOTHING, ...readMedia(message[type]) });
}

/** @param words what the customer said with it; the part itself is kept as payload */
function part(type: MessageKind, words: (part: JsonObject) => string | null): Reader {
  return (message) => {
    const part = message[type];
    return isObject(part)
      ? { type, ...NOTHING, body: words(part) || null, payload: sanitiseJson(part) }
      : null;
  };
}

const readInteractive = part("interactive", wordsOfInteractive);

/** What was picked in a form. */
function filesOfForm(message: JsonObject): Pick<Content, "files" | "mediaFilename"> {
  const answer = readAnswer(message.interactive);
  const picked = answer?.kind === "form" ? answer.fields.flatMap((field) => field.files) : [];
  const files = new Map<string, ReceivedFile>();
  for (const { mediaId, size, ...file } of picked) {
    if (mediaId !== null && !files.has(mediaId)) files.set(mediaId, { ...file, mediaId });
  }
  const names = [...files.values()].flatMap(({ filename }) => filename ?? []).join(", ");
  return { files: [...files.values()], mediaFilename: text(names, MAX_CAPTION) || null };
}

/** The chosen button, the chosen row with its second line, or the label of a form that was sent. */
function wordsOfInteractive(interactive: JsonObject): string | null {
  const { title: button } = objectOf(interactive.button_reply);
  const { title: row, description } = objectOf(interactive.list_reply);
  const { body: form, name } = objectOf(interactive.nfm_reply);
  const lines = [text(row), text(description)].filter(Boolean).join("\n");
  return text(button) || lines || text(form) || text(name);
}

function unsupported(message: JsonObject): Content {
  return { type: "unsupported", ...NOTHING, payload: sanitiseJson(message) };
}
