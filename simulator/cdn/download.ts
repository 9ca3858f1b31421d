import { htmlError, notFound } from "#simulator/answers/download-refusals.ts";
import { missingToken, wrongToken } from "#simulator/answers/errors.ts";
import { isAlive } from "#simulator/answers/signed-url.ts";
import { applyDownloadFault } from "#simulator/faults/download.ts";
import type { StoredMedia } from "#simulator/media/store.ts";
import { bearerOf } from "#simulator/wire/authorization.ts";
import { type Answer, type Exchange, textAnswer } from "#simulator/wire/exchange.ts";
import type { World } from "#simulator/world.ts";
import { attachmentHeaders } from "./headers.ts";
import { partOf } from "./range.ts";

/** Clients have reported to get a page instead of the file for these, and for none at all. */
const REFUSED_USER_AGENTS = /^(mozilla|node|undici)/i;

/** Answers GET and HEAD of a URL from a look-up, as lookaside.fbsbx.com does. */
export async function answerDownload(world: World, exchange: Exchange): Promise<Answer> {
  const { request, url } = exchange;
  const userAgent = request.headers["user-agent"];
  if (!userAgent || REFUSED_USER_AGENTS.test(userAgent)) return htmlError(400);
  if (request.method !== "GET" && request.method !== "HEAD") return notFound();
  const bearer = bearerOf(request, world.accessToken);
  if (bearer === "missing") return missingToken();
  if (bearer === "wrong") return wrongToken();
  const media = world.media.get(url.searchParams.get("mid") ?? "");
  if (!media || !isAlive(world, url)) return notFound();
  const answer = attachment(media, request.headers.range);
  const fault = world.faults.take("download", { mediaId: media.id, request });
  if (!fault) return answer;
  return applyDownloadFault(fault, answer, { exchange, media, whole: () => attachment(media) });
}

function attachment(media: StoredMedia, range?: string): Answer {
  const { size } = media.content;
  const part = partOf(range, size);
  if (part === "unsatisfiable") {
    return textAnswer(416, { "Content-Range": `bytes */${size}`, "Accept-Ranges": "bytes" }, "");
  }
  const { start, end } = part ?? { start: 0, end: size };
  return {
    status: part ? 206 : 200,
    headers: {
      ...attachmentHeaders(media),
      "Content-Length": String(end - start),
      ...(part && { "Content-Range": `bytes ${start}-${end - 1}/${size}` }),
    },
    body: media.content.chunks(start, end),
  };
}
