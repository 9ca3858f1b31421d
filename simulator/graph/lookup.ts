import { graphAnswer } from "#simulator/answers/answer.ts";
import { refusedToken } from "#simulator/answers/business.ts";
import { noSuchObject } from "#simulator/answers/errors.ts";
import { signedUrl } from "#simulator/answers/signed-url.ts";
import { usage } from "#simulator/answers/usage.ts";
import { applyLookupFault } from "#simulator/faults/lookup.ts";
import type { StoredMedia } from "#simulator/media/store.ts";
import type { Answer, Exchange } from "#simulator/wire/exchange.ts";
import type { World } from "#simulator/world.ts";

/**
 * Answers `GET /{version}/{media-id}`, Meta's "Retrieve Media URL". A `phone_number_id` is not
 * checked: what it does to media that came by webhook is undocumented.
 */
export async function answerLookup(world: World, exchange: Exchange, id: string): Promise<Answer> {
  const { request } = exchange;
  const refused = refusedToken(world, request);
  if (refused) return refused;
  if (request.method !== "GET") return noSuchObject(id, request.method?.toLowerCase());
  const media = world.media.get(id);
  const answer = media ? found(world, media, world.origin) : noSuchObject(id);
  const fault = world.faults.take("lookup", { mediaId: id, request });
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
