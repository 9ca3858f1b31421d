import { refuse, refuseParameter } from "#simulator/answers/refused.ts";
import type { World } from "#simulator/world.ts";
import { isObject, type JsonObject, readContent, requireText } from "./content.ts";
import { type Recipient, readRecipient } from "./recipient.ts";

const WINDOW_SECONDS = 24 * 60 * 60;
const MAX_CALLBACK_DATA = 512;

/** A message of the business that can be delivered. */
export interface BusinessMessage {
  recipient: Recipient;
  type: string;
  content: JsonObject;
  repliesTo: string | null;
  callbackData: string | null;
}

/** @throws Refused when WhatsApp would not take it */
export function readMessage(
  world: World,
  phoneNumberId: string,
  message: JsonObject,
): BusinessMessage {
  const type = message.type ?? "text";
  if (typeof type !== "string") refuseParameter("Param type must be a string.");
  const read = {
    recipient: readRecipient(message),
    type,
    content: readContent(world, type, message),
    repliesTo: readContext(message.context),
    callbackData: readCallbackData(message.biz_opaque_callback_data),
  };
  if (world.settings.replyWindow) requireOpenWindow(world, phoneNumberId, read.recipient);
  return read;
}

function readContext(context: unknown): string | null {
  if (context === undefined) return null;
  if (!isObject(context)) refuseParameter("Param context must be an object.");
  return requireText(context.message_id, "context['message_id']", 1000);
}

function readCallbackData(data: unknown): string | null {
  if (data === undefined) return null;
  return requireText(data, "biz_opaque_callback_data", MAX_CALLBACK_DATA);
}

/** Groups have no window. */
function requireOpenWindow(world: World, to: string, { customer, kind }: Recipient) {
  if (kind === "group") return;
  const last = world.chats.find(to, customer)?.lastInboundAt ?? Number.NEGATIVE_INFINITY;
  if (world.now() / 1000 - last >= WINDOW_SECONDS) refuse(131047);
}
