import { mediaKinds } from "#app/models/media/media-kind.ts";
import {
  MEDIA_PLACEHOLDER,
  REACTION,
  REVOKE,
  type ReceivedMessage,
} from "#app/models/received/received.ts";
import { identifier, isObject, type JsonObject, objectOf, text } from "../values/fields.ts";
import { sanitiseJson } from "../values/sanitise.ts";
import { NO_MEDIA, readMedia } from "./media.ts";

/** What a message says, under its type. */
type Content = Pick<ReceivedMessage, "type" | "body" | "payload" | "targetWamid"> & typeof NO_MEDIA;

/** Not the first in a literal: V8 makes those ten times more slowly. */
const NOTHING = { body: null, payload: null, targetWamid: null, ...NO_MEDIA };
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

/** The types that are a line of a conversation by themselves; null for any other. */
function readLine(message: JsonObject): Content | null {
  const { type, voice, contacts } = message;
  switch (type) {
    case "text": {
      const body = text(objectOf(message.text).body);
      return body === null ? null : { type, ...NOTHING, body };
    }
    // What the on-premises API called a voice message.
    case "voice":
      return { type: "audio", ...NOTHING, ...readMedia(voice), mediaVoice: true };
    case "contacts":
      return Array.isArray(contacts) ? { type, ...NOTHING, payload: sanitiseJson(contacts) } : null;
    case "location":
    case "interactive":
    case "button":
    case "order":
    case "system": {
      const part = message[type];
      return isObject(part)
        ? { type, ...NOTHING, body: wordsIn[type](part) || null, payload: sanitiseJson(part) }
        : null;
    }
    case "request_welcome":
    case MEDIA_PLACEHOLDER:
      return { type, ...NOTHING };
    default: {
      const kind = mediaKinds.find((known) => known === type);
      return kind ? { type: kind, ...NOTHING, ...readMedia(message[kind]) } : null;
    }
  }
}

/** What the customer said with it, of the types whose part is kept as payload. */
const wordsIn = {
  // Its name and address are facts about the place.
  location: () => null,
  interactive: wordsOfInteractive,
  button: (button: JsonObject) => text(button.text),
  order: (order: JsonObject) => text(order.text),
  system: (system: JsonObject) => text(system.body),
};

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
