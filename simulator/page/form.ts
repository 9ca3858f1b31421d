import type { IncomingMessage } from "node:http";
import { readBody } from "#simulator/wire/request-body.ts";

/** The fields of a posted form. A file that wasn't chosen is an empty one. */
export async function formOf(request: IncomingMessage): Promise<FormData> {
  const type = request.headers["content-type"] ?? "application/x-www-form-urlencoded";
  const body = new Uint8Array(await readBody(request));
  return new Response(body, { headers: { "Content-Type": type } }).formData();
}
