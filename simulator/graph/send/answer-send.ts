import { graphAnswer } from "#simulator/answers/answer.ts";
import { refusedBusiness } from "#simulator/answers/business.ts";
import { Refused, refuseParameter } from "#simulator/answers/refused.ts";
import { usage } from "#simulator/answers/usage.ts";
import { applySendFault, statusesAfter } from "#simulator/faults/send.ts";
import { addMessage } from "#simulator/phone/chats.ts";
import { newWamid } from "#simulator/phone/wamid.ts";
import type { Answer, Exchange } from "#simulator/wire/exchange.ts";
import { readBody } from "#simulator/wire/request-body.ts";
import type { World } from "#simulator/world.ts";
import { isObject, type JsonObject } from "./content.ts";
import { answerMarkAsRead } from "./mark-as-read.ts";
import { type BusinessMessage, readMessage } from "./read-message.ts";
import { recipientOf } from "./recipient.ts";

/** Answers `POST /{version}/{phone-number-id}/messages`, Meta's "Send messages". */
export async function answerSend(
  world: World,
  exchange: Exchange,
  phoneNumberId: string,
): Promise<Answer> {
  const refused = refusedBusiness(world, exchange.request, phoneNumberId);
  if (refused) return refused;
  const message = await readJson(exchange);
  exchange.note({ message });
  const { request } = exchange;
  const recipient = isObject(message) ? recipientOf(message) : undefined;
  const fault = world.faults.take("send", { recipient, request });
  const usual = () => carryOut(world, phoneNumberId, message, statusesAfter(fault));
  return fault ? applySendFault(fault, usual, exchange) : usual();
}

type Outcome = ReturnType<typeof statusesAfter>;

function carryOut(world: World, phoneNumberId: string, message: unknown, outcome: Outcome): Answer {
  try {
    if (!isObject(message)) return refuseParameter("The body must be a JSON object.");
    if (message.messaging_product !== "whatsapp") {
      refuseParameter("The parameter messaging_product is required.");
    }
    if (message.status !== undefined) return answerMarkAsRead(world, phoneNumberId, message);
    return accept(world, phoneNumberId, readMessage(world, phoneNumberId, message), outcome);
  } catch (error) {
    if (error instanceof Refused) return error.answer;
    throw error;
  }
}

function accept(world: World, to: string, message: BusinessMessage, outcome: Outcome): Answer {
  const { recipient, ...sent } = message;
  const { input, kind, ...party } = recipient;
  const chat = world.chats.open({ to, kind, ...party });
  const wamid = newWamid(kind === "phone" ? party.customer : to, world.random);
  const at = Math.floor(world.now() / 1000);
  const added = addMessage(chat, { ...sent, wamid, author: "business", at });
  world.statuses.add(world, chat, added, world.settings.statuses ? outcome : []);
  const body: JsonObject = {
    messaging_product: "whatsapp",
    contacts: [
      { input, ...(kind === "user" ? { user_id: party.userId } : { wa_id: party.customer }) },
    ],
    messages: [{ id: wamid, ...(kind === "group" && { group_id: party.customer }) }],
  };
  return graphAnswer(200, () => JSON.stringify(body), usage());
}

/** @returns undefined for what isn't JSON */
async function readJson({ request }: Exchange): Promise<unknown> {
  try {
    return JSON.parse((await readBody(request)).toString("utf8"));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
