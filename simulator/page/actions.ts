import type { IncomingMessage } from "node:http";
import { z } from "zod";
import { faultsSchema } from "#simulator/faults/parse.ts";
import { isForAll } from "#simulator/faults/plan.ts";
import { type OutgoingMessage, sendAlbum, sendMessage } from "#simulator/phone/send.ts";
import { mediaKinds } from "#simulator/samples/index.ts";
import type { World } from "#simulator/world.ts";
import { chatFields } from "./chat-actions.ts";
import { HOPS } from "./fault-form.ts";
import { formOf } from "./form.ts";
import { type Result, resultOf } from "./result.ts";
import { choices } from "./send-form.ts";

const text = z.string().optional();
const sendFields = chatFields.partial({ customer: true }).extend({
  from: z
    .string()
    .regex(/^\d{5,20}$/, "5 to 20 digits with the country code, without +")
    .optional(),
  userId: text,
  name: z.string(),
  kind: z.enum(["edit", ...choices]),
  text: z.string(),
  repliesTo: text,
  target: text,
  // A string when no file was chosen.
  file: z.unknown().optional(),
});

/** @throws ZodError naming the field that is wrong */
export async function send(world: World, request: IncomingMessage): Promise<Result> {
  const fields = sendFields.parse(Object.fromEntries(await formOf(request)));
  const { to, kind, customer, text, file, ...about } = fields;
  const from = fields.userId === undefined ? about.from : null;
  const words =
    kind === "text" || kind === "edit" ? { text: text || undefined } : { caption: text };
  const message = { ...about, to, from, ...words, ...(await ownFile(kind, file)) };
  const sent =
    kind === "album"
      ? await sendAlbum(world, message)
      : [await sendMessage(world, { ...message, kind })];
  const results = sent.map(resultOf);
  const worst = results.find(({ fine }) => !fine) ?? { fine: true, text: results[0]?.text ?? "" };
  return { ...worst, chat: customer === undefined ? undefined : { to, customer } };
}

/** @throws ZodError when there is no such fault */
export async function setFaults(world: World, request: IncomingMessage): Promise<Result> {
  const form = await formOf(request);
  const general = HOPS.map((on) => ({ on, kind: form.get(on) ?? "none" })).filter(
    ({ kind }) => kind !== "none",
  );
  const special = world.faults.list().filter((fault) => !isForAll(fault) && fault.left !== 0);
  const unspent = special.map(({ left, ...fault }) => ({ ...fault, times: left ?? undefined }));
  world.faults.replace(faultsSchema.parse([...unspent, ...general]));
  const names = general.map(({ on, kind }) => `${on} ${kind}`);
  return { fine: true, text: names.length > 0 ? `Faults: ${names.join(", ")}` : "No faults" };
}

async function ownFile(kind: string, file: unknown): Promise<Partial<OutgoingMessage>> {
  const takesFile = kind === "album" || mediaKinds.some((one) => one === kind);
  if (!takesFile || !(file instanceof File) || file.size === 0) return {};
  return {
    bytes: new Uint8Array(await file.arrayBuffer()),
    filename: file.name,
    mimeType: file.type || "application/octet-stream",
  };
}
