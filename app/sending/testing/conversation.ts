import { setMaxListeners } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { listMessages } from "#app/models/messages/messages.server.ts";
import { createUploader } from "#app/whatsapp/files/upload.server.ts";
import { createSender } from "#app/whatsapp/graph/send.server.ts";
import { createTokenHealth } from "#app/whatsapp/graph/token-health.server.ts";
import { db } from "#db/testing/owner.ts";
import { graphError, sendJson, startGraph, TOKEN } from "#tests/support/graph-server.ts";
import {
  addAccount,
  addCompany,
  addConversation,
  addMessage,
  addUser,
} from "#tests/support/rows.server.ts";
import { signIn } from "#tests/support/sign-in.server.ts";
import { createConversationAction } from "../conversation-action.server.ts";
import { createDelivery } from "../delivery.server.ts";
import { createFileUpload } from "../file-upload.server.ts";
import { createReadMarks } from "../read-receipts.server.ts";
import { createUploadPlaces } from "../upload-places.ts";

export const FORM_KEY = "3f0c0b9e-0000-4000-8000-000000000001";

/** How a Graph API answers: messages, and files. What is left out is accepted. */
interface Answers {
  message?: (body: Record<string, unknown>, res: ServerResponse, req: IncomingMessage) => void;
  media?: (req: IncomingMessage, res: ServerResponse) => void;
}

/** Has it refuse every message with an error code. */
export const refuse = (code: number): Answers => ({
  message: (_, res) => sendJson(res, 400, graphError(code)),
});

/** An agent at a conversation's page, with a Graph API on this machine behind it. */
export async function startConversation(answers: Answers = {}) {
  const scope = await addCompany(db);
  const agent = await addUser(scope);
  const account = await addAccount(scope, [agent]);
  const lastInboundAt = new Date(Date.now() - 60_000);
  const conversation = await addConversation(scope, account, { lastInboundAt });
  const received = await addMessage(scope, conversation, { sentAt: lastInboundAt, unread: true });
  /** What WhatsApp was asked, oldest first: of files only that. */
  const asked: Record<string, unknown>[] = [];
  const graph = await startGraph(async (req, res) => {
    if (req.url?.endsWith("/media")) {
      asked.push({ upload: true });
      if (answers.media) return answers.media(req, res);
      await text(req);
      return sendJson(res, 200, { id: "914268667232441" });
    }
    const body = JSON.parse(await text(req));
    asked.push(body);
    if (body.status === "read") return sendJson(res, 200, { success: true });
    if (answers.message) return answers.message(body, res, req);
    const id = `wamid.${asked.length}-${account.id}`;
    sendJson(res, 200, { messages: [{ id }] });
  });
  const options = { baseUrl: graph.url, version: "v25.0", accessToken: async () => TOKEN };
  const timeouts = { connectMs: 1_000, headersMs: 1_000, lookupIdleMs: 1_000 };
  const refused: string[] = [];
  const health = createTokenHealth({
    flag: async (_, reason) => refused.push(reason) > 0,
    clear: async () => false,
  });
  const sender = createSender({ ...options, timeouts });
  const clock = { now: Date.now() };
  const action = createConversationAction({
    deliver: createDelivery(sender, health),
    uploadFile: createFileUpload(createUploader(options, { stallMs: 1_000 }), {
      enter: createUploadPlaces({ person: 1, company: 2, process: 3 }),
      health,
    }),
    markReadUpTo: createReadMarks(sender),
    now: () => clock.now,
  });
  const cookie = await signIn({ companyId: scope.companyId, id: agent.id });

  /** Posts a body of any kind. @returns the status, where it leads to or what it shows */
  async function post(
    body: BodyInit,
    {
      by = cookie,
      id = conversation.id as number | string,
      query = "",
      headers = {},
      signal = neverAborted,
    } = {},
  ) {
    const request = new Request(`http://localhost/conversations/${id}${query}`, {
      method: "POST",
      headers: { Cookie: by, ...headers },
      body,
      ...(body instanceof ReadableStream && { duplex: "half" }),
    } as RequestInit);
    const params = { conversationId: String(id) };
    const answer = await action({ request, params, context: { signal } }).catch((thrown) => {
      if (thrown instanceof Response) return thrown;
      throw thrown;
    });
    if (!("data" in answer)) {
      const { status, headers } = answer;
      return { status, location: headers.get("location"), error: "", text: "" };
    }
    return { status: answer.init?.status ?? 200, location: null, ...answer.data };
  }

  return {
    scope,
    agent,
    account,
    conversation,
    received,
    asked,
    refused,
    clock,
    post,
    /** Sends the composer's form; undefined leaves a field out. */
    send: (fields: Record<string, string | undefined> = {}, options?: Parameters<typeof post>[1]) =>
      post(formOf({ intent: "send", key: FORM_KEY, text: "Hello", ...fields }), options),
    /** What the conversation, or another one, shows of our own messages. */
    ours: async (id = conversation.id) =>
      (await listMessages(scope, id)).messages.filter(({ direction }) => direction === "outbound"),
    [Symbol.asyncDispose]: () => graph[Symbol.asyncDispose](),
  };
}

const neverAborted = new AbortController().signal;
setMaxListeners(0, neverAborted);

export function formOf(fields: Record<string, string | undefined>): URLSearchParams {
  return new URLSearchParams(
    Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
