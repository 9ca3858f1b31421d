import type { IncomingMessage, ServerResponse } from "node:http";
import { z } from "zod";
import { faultsSchema } from "#simulator/faults/parse.ts";
import { deliver } from "#simulator/phone/deliver.ts";
import { sendAlbum, sendMessage } from "#simulator/phone/send.ts";
import { readChat } from "#simulator/phone/statuses.ts";
import { samples } from "#simulator/samples/index.ts";
import { BodyTooLarge, isCrossSite, readBody } from "#simulator/wire/request-body.ts";
import type { World } from "#simulator/world.ts";
import { albumInput, chatInput, mediaInput, sendInput, settingsInput } from "./input.ts";

export const CONTROL_PREFIX = "/_simulator/";

interface Call {
  world: World;
  request: IncomingMessage;
  url: URL;
}

/** What a test in another process can ask for. Each gives the JSON of its answer. */
const calls: Record<string, (call: Call) => unknown> = {
  "GET health": ({ world }) => ({ status: "ok", webhookUrl: world.webhookUrl ?? null }),
  "POST send": async (call) => {
    const { bytesBase64: bytes, ...message } = sendInput.parse(await json(call.request));
    return sendMessage(call.world, { ...message, bytes });
  },
  "POST album": async (call) => {
    const { bytesBase64: bytes, count, ...album } = albumInput.parse(await json(call.request));
    return sendAlbum(call.world, { ...album, bytes }, count);
  },
  "GET chats": ({ world }) => world.chats.list(),
  "POST read": async ({ world, request }) => {
    const { to, customer } = chatInput.parse(await json(request));
    const chat = world.chats.find(to, customer);
    if (chat) readChat(world, chat);
    await world.statuses.idle();
    return chat ?? null;
  },
  "POST webhook": async ({ world, request, url }) =>
    deliver(world, await readBody(request), url.searchParams.get("retry") !== "false"),
  "POST media": addMedia,
  "GET requests": ({ world }) => world.requests.list(),
  "GET requests/counts": ({ world }) => world.requests.counts(),
  "DELETE requests": ({ world }) => world.requests.clear(),
  "GET faults": ({ world }) => world.faults.list(),
  "PUT faults": async ({ world, request }) => {
    world.faults.replace(faultsSchema.parse(await json(request)));
    return world.faults.list();
  },
  "DELETE faults": ({ world }) => world.faults.clear(),
  "PUT settings": async ({ world, request }) => {
    const { webhookUrl, accessToken, ...rest } = settingsInput.parse(await json(request));
    if (webhookUrl) world.webhookUrl = webhookUrl;
    if (accessToken) world.accessToken = accessToken;
    Object.assign(world.settings, rest);
    return { webhookUrl: world.webhookUrl ?? null, ...world.settings };
  },
};

/** Answers JSON; 204 where there is nothing to say. */
export async function answerControl(
  world: World,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  const { status, value } = await answer({ world, request, url });
  const body = value === undefined ? "" : `${JSON.stringify(value)}\n`;
  response.writeHead(body ? status : 204, { "Content-Type": "application/json" }).end(body);
}

async function answer(call: Call): Promise<{ status: number; value: unknown }> {
  const name = call.url.pathname.slice(CONTROL_PREFIX.length);
  const handler = calls[`${call.request.method} ${name}`];
  if (!handler) return refusal(404, null, `Unknown. There is: ${Object.keys(calls).join(", ")}.`);
  if (isCrossSite(call.request)) return refusal(403, null, "Not from another site's page.");
  try {
    return { status: 200, value: await handler(call) };
  } catch (error) {
    if (error instanceof z.ZodError) return invalid(error);
    if (error instanceof SyntaxError) return refusal(400, null, "The body must be JSON.");
    if (error instanceof BodyTooLarge) return refusal(413, null, error.message);
    throw error;
  }
}

async function addMedia({ world, request }: Call) {
  const input = mediaInput.parse(await json(request));
  const sample = input.sample && samples[input.sample];
  const media = await world.media.add({
    bytes: input.bytesBase64 ?? sample?.bytes,
    syntheticBytes: input.syntheticBytes,
    seed: input.seed,
    mimeType: input.mimeType ?? sample?.mimeType ?? "application/octet-stream",
    filename: input.filename ?? sample?.filename,
    mediaId: input.mediaId,
  });
  return { mediaId: media.id, sha256: media.sha256.toString("hex") };
}

async function json(request: IncomingMessage): Promise<unknown> {
  return JSON.parse((await readBody(request)).toString("utf8"));
}

function invalid(error: z.ZodError) {
  const [issue] = error.issues;
  const field = issue?.path.join(".") || null;
  return refusal(400, field, `${field ?? "The body"}: ${issue?.message ?? "is not valid"}`);
}

function refusal(status: number, field: string | null, message: string) {
  return { status, value: { error: { field, message } } };
}
