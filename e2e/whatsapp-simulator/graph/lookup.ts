import { bearerOf } from "../authorization.ts";
import { signedUrl } from "../cdn/signed-url.ts";
import type { Answer, Exchange } from "../exchange.ts";
import { applyLookupFault } from "../faults/lookup.ts";
import type { StoredMedia } from "../media/store.ts";
import type { World } from "../world.ts";
import { graphAnswer } from "./answer.ts";
import { missingToken, noSuchObject, wrongToken } from "./errors.ts";
import { usage } from "./usage.ts";

const PATH = /^\/(?:(v\d+\.\d+)\/)?([^/]+)$/;

/** The version asked for, if any, and the id as it stands in the path. */
export interface GraphPath {
  version: string | undefined;
  id: string;
}

export function graphPath(pathname: string): GraphPath {
  const [, version, id] = PATH.exec(pathname) ?? [];
  return { version, id: id ?? pathname.slice(1) };
}

/**
 * Answers `GET /{version}/{media-id}`, Meta's "Retrieve Media URL". A `phone_number_id` is not
 * checked: what it does to media that came by webhook is undocumented.
 */
export async function answerLookup(
  world: World,
  exchange: Exchange,
  { version, id }: GraphPath,
): Promise<Answer> {
  const answer = await lookUp(world, exchange, id);
  if (!version || !answer.headers["Facebook-Api-Version"]) return answer;
  return { ...answer, headers: { ...answer.headers, "Facebook-Api-Version": version } };
}

async function lookUp(world: World, exchange: Exchange, id: string): Promise<Answer> {
  const bearer = bearerOf(exchange.request, world.accessToken);
  if (bearer === "missing") return missingToken();
  if (bearer === "wrong") return wrongToken();
  if (exchange.request.method !== "GET") {
    return noSuchObject(id, exchange.request.method?.toLowerCase());
  }
  const media = world.media.get(id);
  const answer = media ? found(world, media, world.origin) : noSuchObject(id);
  const fault = world.faults.take("lookup", { mediaId: id, request: exchange.request });
  if (!fault) return answer;
  return applyLookupFault(fault, answer, {
    exchange,
    id,
    foundAt: (origin) => (media ? found(world, media, origin) : answer),
  });
}

function found(world: World, media: StoredMedia, origin: string): Answer {
  const url = signedUrl(world, media.id, origin);
  const body = {
    url,
    mime_type: media.mimeType,
    sha256: media.sha256.toString("hex"),
    file_size: media.content.size,
    id: media.id,
    messaging_product: "whatsapp",
  };
  return graphAnswer(200, () => JSON.stringify(body), usage());
}
