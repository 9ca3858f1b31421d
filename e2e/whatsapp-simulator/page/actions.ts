import type { IncomingMessage } from "node:http";
import { z } from "zod";
import { faultsSchema } from "../faults/parse.ts";
import { type OutgoingMessage, type SentMessage, sendMessage } from "../phone/send.ts";
import { readBody } from "../request-body.ts";
import { mediaKinds } from "../samples/index.ts";
import type { World } from "../world.ts";
import type { Result } from "./page.ts";

const MAX_SHOWN_CHARACTERS = 300;

const sendFields = z.object({
  to: z.string().regex(/^\d+$/, "choose one of the numbers"),
  from: z.string().regex(/^\d{5,20}$/, "5 to 20 digits with the country code, without +"),
  name: z.string(),
  kind: z.enum(["text", ...mediaKinds]),
  text: z.string(),
  // A string when no file was chosen.
  file: z.unknown(),
});

/** @throws ZodError naming the field that is wrong */
export async function send(world: World, request: IncomingMessage): Promise<Result> {
  const fields = sendFields.parse(Object.fromEntries(await formOf(request)));
  const { to, from, name, kind, text, file } = fields;
  const own =
    kind !== "text" && file instanceof File && file.size > 0 ? await upload(file) : undefined;
  const words = kind === "text" ? { text: text || undefined } : { caption: text };
  return told(await sendMessage(world, { kind, to, from, name, ...words, ...own }));
}

/** @throws ZodError when there is no such fault */
export async function setFaults(world: World, request: IncomingMessage): Promise<Result> {
  const form = await formOf(request);
  const general = (["lookup", "download"] as const)
    .map((on) => ({ on, kind: form.get(on) ?? "none" }))
    .filter(({ kind }) => kind !== "none");
  const special = world.faults
    .list()
    .filter(({ mediaId, left }) => mediaId !== undefined && left !== 0);
  const unspent = special.map(({ left, ...fault }) => ({ ...fault, times: left ?? undefined }));
  world.faults.replace(faultsSchema.parse([...unspent, ...general]));
  const names = general.map(({ on, kind }) => `${on} ${kind}`);
  return { fine: true, text: names.length > 0 ? `Faults: ${names.join(", ")}` : "No faults" };
}

function told({ status, body, attempts }: SentMessage): Result {
  const tries = attempts > 1 ? ` after ${attempts} attempts` : "";
  if (status === 200) return { fine: true, text: `Sent, webhook answered 200${tries}` };
  const why = body.slice(0, MAX_SHOWN_CHARACTERS);
  if (status === null) return { fine: false, text: `Not delivered${tries}: ${why}` };
  return { fine: false, text: `Not accepted, webhook answered ${status}${tries}: ${why}` };
}

async function upload(file: File): Promise<Partial<OutgoingMessage>> {
  return {
    bytes: new Uint8Array(await file.arrayBuffer()),
    filename: file.name,
    mimeType: file.type || "application/octet-stream",
  };
}

async function formOf(request: IncomingMessage): Promise<FormData> {
  const type = request.headers["content-type"] ?? "application/x-www-form-urlencoded";
  const body = new Uint8Array(await readBody(request));
  return new Response(body, { headers: { "Content-Type": type } }).formData();
}
