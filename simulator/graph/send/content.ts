import { type SentMediaType, sentMediaTypes, unfitFor } from "#simulator/answers/media-kinds.ts";
import { refuse, refuseParameter } from "#simulator/answers/refused.ts";
import type { StoredMedia } from "#simulator/media/store.ts";
import type { World } from "#simulator/world.ts";

const MAX_TEXT = 4096;
const MAX_CAPTION = 1024;

export type JsonObject = Record<string, unknown>;

/** The keys of each type's content that are known. */
const KEYS: Record<"text" | SentMediaType, readonly string[]> = {
  text: ["body", "preview_url"],
  image: ["id", "caption"],
  video: ["id", "caption"],
  audio: ["id", "voice"],
  document: ["id", "caption", "filename"],
  sticker: ["id"],
};

/**
 * Checks what stands under the key named like the message's type (Meta's "Send messages").
 *
 * @throws Refused
 */
export function readContent(world: World, type: string, message: JsonObject): JsonObject {
  if (type !== "text" && !isMediaType(type)) refuse(131051, `Unsupported message type ${type}.`);
  const content = message[type];
  if (!isObject(content)) refuseParameter(`The parameter ${type} is required.`);
  const unknown = Object.keys(content).find((key) => !KEYS[type].includes(key));
  if (unknown) refuseParameter(`Unexpected key "${unknown}" on param "${type}".`);
  if (type === "text") {
    requireText(content.body, "text['body']", MAX_TEXT);
  } else {
    if (content.caption !== undefined) {
      requireText(content.caption, `${type}['caption']`, MAX_CAPTION);
    }
    requireFile(world, type, content.id);
  }
  return content;
}

/** @throws Refused unless it is a text of 1 to `max` characters */
export function requireText(value: unknown, name: string, max: number): string {
  if (value === undefined || value === "") refuseParameter(`The parameter ${name} is required.`);
  if (typeof value !== "string") refuseParameter(`Param ${name} must be a string.`);
  if ([...value].length > max) {
    refuseParameter(`Param ${name} must be at most ${max} characters long.`);
  }
  return value;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function requireFile(world: World, type: SentMediaType, id: unknown): StoredMedia {
  const name = `${type}['id']`;
  if (id === undefined) refuseParameter(`The parameter ${name} is required.`);
  const media = typeof id === "string" ? world.media.get(id) : undefined;
  if (!media) {
    return refuseParameter(
      `Param ${name} is not a valid whatsapp business account media attachment ID`,
    );
  }
  const why = unfitFor(type, media);
  if (why) refuse(131053, why);
  return media;
}

function isMediaType(type: string): type is SentMediaType {
  return sentMediaTypes.some((known) => known === type);
}
