import { Agent, type IncomingHttpHeaders, type IncomingMessage, request } from "node:http";
import { text } from "node:stream/consumers";
import type { PostedForm } from "./posted-forms.ts";

export interface Question {
  method: string;
  path: string;
  headers: Record<string, string>;
  form?: PostedForm;
}

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

export type Ask = ReturnType<typeof createAsk>;

/** Asks a server over connections that are kept. Not fetch: it adds headers of its own. */
export function createAsk(origin: string) {
  const agent = new Agent({ keepAlive: true, maxSockets: 6 });
  return async function ask({ method, path, headers, form }: Question): Promise<Answer> {
    const sent = request(origin + path, {
      method,
      agent,
      // Of our own pages, in a browser that needs no token in a form's address.
      headers: {
        Origin: origin,
        "Sec-Fetch-Site": "same-origin",
        ...headers,
        ...(form && formHeaders(form)),
      },
    });
    const answered = new Promise<IncomingMessage>((resolve, reject) => {
      sent.once("response", resolve).once("error", reject);
    });
    sent.end(form?.body);
    const answer = await answered;
    const { statusCode = 0, headers: answerHeaders } = answer;
    return { status: statusCode, headers: answerHeaders, body: await bodyOf(answer, method) };
  };
}

function formHeaders({ type, body }: PostedForm) {
  return { "Content-Type": type, "Content-Length": String(Buffer.byteLength(body)) };
}

/** Of a stream of events, which doesn't end, the beginning. */
async function bodyOf(answer: IncomingMessage, method: string): Promise<string> {
  const isEndless = answer.headers["content-type"] === "text/event-stream";
  if (!isEndless || method === "HEAD") return text(answer);
  for await (const chunk of answer) return String(chunk);
  return "";
}
