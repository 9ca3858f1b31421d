import type { ServerResponse } from "node:http";
import { Readable } from "node:stream";
import type { World } from "#simulator/world.ts";

/** Others could hold scripts, which would run on the simulator's own page. */
const SHOWN = /^(image\/(jpeg|png|webp)|audio\/|video\/|application\/pdf)/;

/** Shows a file to its customer: what the business sent, or what they sent themselves. */
export function answerFile(world: World, response: ServerResponse, id: string | null): void {
  const media = world.media.get(id ?? "");
  if (!media) {
    response.writeHead(404, { "Content-Type": "text/plain" }).end("This file is gone.\n");
    return;
  }
  response.writeHead(200, {
    "Content-Type": media.mimeType.replace(/[^\x20-\x7e]/g, "_"),
    "Content-Length": media.content.size,
    "Content-Disposition": SHOWN.test(media.mimeType) ? "inline" : "attachment",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
  });
  Readable.from(media.content.chunks(0, media.content.size)).pipe(response);
}
