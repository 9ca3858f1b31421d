import { graphAnswer } from "#simulator/answers/answer.ts";
import { graphError } from "#simulator/answers/errors.ts";
import { refuseParameter } from "#simulator/answers/refused.ts";
import { usage } from "#simulator/answers/usage.ts";
import type { Answer } from "#simulator/wire/exchange.ts";
import type { World } from "#simulator/world.ts";
import { isObject, type JsonObject } from "./content.ts";

/**
 * Marks a customer's message and those before it as read (Meta's "Mark messages as read" and
 * "Typing indicators").
 *
 * @throws Refused
 */
export function answerMarkAsRead(world: World, to: string, request: JsonObject): Answer {
  if (request.status !== "read") refuseParameter("Param status must be one of {READ}.");
  const typing = request.typing_indicator;
  if (typing !== undefined && !(isObject(typing) && typing.type === "text")) {
    refuseParameter("Param typing_indicator['type'] must be one of {TEXT}.");
  }
  const found = world.chats.message(to, String(request.message_id));
  if (found?.message.author !== "customer") return noSuchMessage();
  const { chat, message } = found;
  for (const one of chat.messages.slice(0, chat.messages.indexOf(message) + 1)) {
    if (one.author === "customer") one.status = "read";
  }
  return graphAnswer(200, () => JSON.stringify({ success: true }), usage());
}

/** As recorded from Meta. */
function noSuchMessage(): Answer {
  const details = "Please check the message ID you have provided.";
  return graphError(400, {
    message: "(#100) Invalid parameter",
    type: "OAuthException",
    code: 100,
    error_data: { messaging_product: "whatsapp", details },
  });
}
