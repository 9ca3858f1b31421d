import type { IncomingMessage, ServerResponse } from "node:http";
import type { Role } from "#simulator/request-log.ts";
import { type Answer, Exchange } from "#simulator/wire/exchange.ts";
import type { World } from "#simulator/world.ts";
import { answerDelete } from "./delete-media.ts";
import { answerLookup } from "./lookup.ts";
import { answerSend } from "./send/answer-send.ts";
import { answerUpload } from "./upload/answer-upload.ts";

const PATH = /^\/(?:(v\d+\.\d+)\/)?([^/]+)(?:\/(messages|media))?$/;

/** What a request to Graph wants, with the id as it stands in the path and the version asked for. */
export interface GraphCall {
  role: Exclude<Role, "download">;
  id: string;
  version: string | undefined;
}

export function graphCall(pathname: string, method: string | undefined): GraphCall {
  const [, version, id = pathname.slice(1), edge] = PATH.exec(pathname) ?? [];
  if (edge) return { role: edge === "media" ? "upload" : "send", id, version };
  return { role: method === "DELETE" ? "delete" : "lookup", id, version };
}

/** Answers whatever isn't for another role of the simulator, as graph.facebook.com does. */
export function answerGraph(
  world: World,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): { exchange: Exchange; answer: Promise<Answer> } {
  const call = graphCall(url.pathname, request.method);
  const isAboutMedia = call.role === "lookup" || call.role === "delete";
  const entry = world.requests.begin(request, url, call.role, isAboutMedia ? call.id : null);
  const exchange = new Exchange(request, response, url, entry, world.requests);
  return { exchange, answer: versioned(call, answerCall(world, exchange, call)) };
}

async function answerCall(world: World, exchange: Exchange, { role, id }: GraphCall) {
  if (role === "send") return answerSend(world, exchange, id);
  if (role === "upload") return answerUpload(world, exchange, id);
  if (role === "delete") return answerDelete(world, exchange, id);
  return answerLookup(world, exchange, id);
}

async function versioned({ version }: GraphCall, answered: Promise<Answer>): Promise<Answer> {
  const answer = await answered;
  if (!version || !answer.headers["Facebook-Api-Version"]) return answer;
  return { ...answer, headers: { ...answer.headers, "Facebook-Api-Version": version } };
}
