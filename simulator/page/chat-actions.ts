import type { IncomingMessage } from "node:http";
import { z } from "zod";
import type { Chat } from "#simulator/phone/chats.ts";
import { sendMessage } from "#simulator/phone/send.ts";
import { readChat } from "#simulator/phone/statuses.ts";
import type { World } from "#simulator/world.ts";
import { formOf } from "./form.ts";
import { type Result, resultOf } from "./result.ts";

export const chatFields = z.object({
  to: z.string().regex(/^\d+$/, "choose one of the numbers"),
  customer: z.string().min(1),
});

const targetFields = chatFields.extend({ target: z.string().min(1), emoji: z.string().optional() });

/** The customer opens the chat. @throws Error when there is no such chat */
export async function read(world: World, request: IncomingMessage): Promise<Result> {
  const chat = findChat(world, chatFields.parse(await fieldsOf(request)));
  readChat(world, chat);
  return { fine: true, text: "All is read", chat };
}

/** @throws Error when there is no such chat */
export function react(world: World, request: IncomingMessage): Promise<Result> {
  return about(world, request, "reaction");
}

/** @throws Error when there is no such chat */
export function revoke(world: World, request: IncomingMessage): Promise<Result> {
  return about(world, request, "revoke");
}

async function about(world: World, request: IncomingMessage, kind: "reaction" | "revoke") {
  const { target, emoji, ...named } = targetFields.parse(await fieldsOf(request));
  const chat = findChat(world, named);
  const { to, customer, name, userId } = chat;
  const sender =
    chat.kind === "user"
      ? { from: null, userId: customer }
      : { from: customer, userId: userId ?? undefined };
  const sent = await sendMessage(world, { kind, to, name, target, emoji, ...sender });
  return { ...resultOf(sent), chat };
}

function findChat(world: World, { to, customer }: z.output<typeof chatFields>): Chat {
  const chat = world.chats.find(to, customer);
  if (!chat) throw new Error("There is no such chat any more");
  return chat;
}

async function fieldsOf(request: IncomingMessage) {
  return Object.fromEntries(await formOf(request));
}
