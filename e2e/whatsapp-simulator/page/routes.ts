import type { IncomingMessage, ServerResponse } from "node:http";
import { z } from "zod";
import { isCrossSite } from "../request-body.ts";
import type { World } from "../world.ts";
import { send, setFaults } from "./actions.ts";
import { FAULTS_PATH } from "./fault-form.ts";
import { phonePage, type Result } from "./page.ts";
import { CLEAR_REQUESTS_PATH } from "./request-table.ts";
import { SEND_PATH } from "./send-form.ts";

const actions: Record<
  string,
  (world: World, request: IncomingMessage) => Result | Promise<Result>
> = {
  [SEND_PATH]: send,
  [FAULTS_PATH]: setFaults,
  [CLEAR_REQUESTS_PATH]: (world) => {
    world.requests.clear();
    return { fine: true, text: "Requests cleared" };
  },
};

export function isPagePath(pathname: string): boolean {
  return pathname === "/" || pathname in actions;
}

/** Shows the page; a form's POST is answered with a redirect to it that tells the result. */
export async function answerPage(
  world: World,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  const action = actions[url.pathname];
  if (!action) {
    const html = { "Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store" };
    response.writeHead(200, html).end(phonePage(world, resultIn(url)));
    return;
  }
  if (request.method !== "POST") {
    response.writeHead(405, { Allow: "POST" }).end();
    return;
  }
  if (isCrossSite(request)) {
    response.writeHead(403).end();
    return;
  }
  const { fine, text } = await tried(() => action(world, request));
  const query = new URLSearchParams({ [fine ? "done" : "failed"]: text });
  response.writeHead(303, { Location: `/?${query}` }).end();
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
