import type { IncomingMessage, ServerResponse } from "node:http";
import { z } from "zod";
import { isCrossSite } from "#simulator/wire/request-body.ts";
import type { World } from "#simulator/world.ts";
import { send, setFaults } from "./actions.ts";
import { react, read, revoke } from "./chat-actions.ts";
import { answerFile } from "./chat-file.ts";
import { chatPage } from "./chat-page.ts";
import { CHAT_PATH, chatUrl, FILE_PATH, REACT_PATH, READ_PATH, REVOKE_PATH } from "./chat-paths.ts";
import { FAULTS_PATH } from "./fault-form.ts";
import { phonePage } from "./page.ts";
import { CLEAR_REQUESTS_PATH } from "./request-table.ts";
import type { Result } from "./result.ts";
import { SEND_PATH } from "./send-form.ts";

type Action = (world: World, request: IncomingMessage) => Result | Promise<Result>;

const actions: Record<string, Action> = {
  [SEND_PATH]: send,
  [READ_PATH]: read,
  [REACT_PATH]: react,
  [REVOKE_PATH]: revoke,
  [FAULTS_PATH]: setFaults,
  [CLEAR_REQUESTS_PATH]: (world) => {
    world.requests.clear();
    return { fine: true, text: "Requests cleared" };
  },
};

export function isPagePath(pathname: string): boolean {
  return ["/", CHAT_PATH, FILE_PATH].includes(pathname) || pathname in actions;
}

/** Shows a page; a form's POST is answered with a redirect to one that tells the result. */
export async function answerPage(
  world: World,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  const action = actions[url.pathname];
  if (!action) return show(world, response, url);
  if (request.method !== "POST") {
    response.writeHead(405, { Allow: "POST" }).end();
    return;
  }
  if (isCrossSite(request)) {
    response.writeHead(403).end();
    return;
  }
  const { fine, text, chat } = await tried(() => action(world, request));
  const result = { [fine ? "done" : "failed"]: text };
  const Location = chat ? chatUrl(chat, result) : `/?${new URLSearchParams(result)}`;
  response.writeHead(303, { Location }).end();
}

function show(world: World, response: ServerResponse, url: URL): void {
  const query = url.searchParams;
  if (url.pathname === FILE_PATH) {
    answerFile(world, response, query.get("id"));
    return;
  }
  const headers = { "Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store" };
  const chat = world.chats.find(query.get("to") ?? "", query.get("customer") ?? "");
  if (url.pathname === CHAT_PATH && chat) {
    const about = { reply: query.get("reply"), edit: query.get("edit") };
    response.writeHead(200, headers).end(chatPage(chat, about, resultIn(url)));
    return;
  }
  const status = url.pathname === CHAT_PATH ? 404 : 200;
  const gone = { fine: false, text: "There is no such chat any more" };
  const result = status === 404 ? gone : resultIn(url);
  response.writeHead(status, headers).end(phonePage(world, result));
}

async function tried(run: () => Result | Promise<Result>): Promise<Result> {
  try {
    return await run();
  } catch (error) {
    const issue = error instanceof z.ZodError ? error.issues[0] : undefined;
    if (issue) return { fine: false, text: `${issue.path.join(".")}: ${issue.message}` };
    return { fine: false, text: error instanceof Error ? error.message : String(error) };
  }
}

function resultIn(url: URL): Result | undefined {
  const failed = url.searchParams.get("failed");
  if (failed !== null) return { fine: false, text: failed };
  const done = url.searchParams.get("done");
  return done === null ? undefined : { fine: true, text: done };
}
