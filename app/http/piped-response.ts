import type { ServerResponse } from "node:http";
import type { AppLoadContext } from "@remix-run/node";

/** Writes a response's body to a Node response whose head is out already, and ends it. */
export type Pipe = (res: ServerResponse) => void;

const pipes = new WeakMap<Response, Pipe>();

/**
 * A response whose body goes straight into Node's own response, where the server in front knows of
 * that: a web stream in between costs more than all else that a small file needs. Under a server
 * that doesn't know, it has an ordinary body.
 *
 * @param body pipe and stream: two ways out, of which one is used
 */
export function pipedResponse(
  context: AppLoadContext,
  init: ResponseInit,
  body: { pipe: Pipe; stream: () => ReadableStream<Uint8Array> },
): Response {
  if (!context.pipes) return new Response(body.stream(), init);
  const response = new Response(null, init);
  pipes.set(response, body.pipe);
  return response;
}

/** @returns undefined for a response that has an ordinary body, or none */
export function pipeOf(response: Response): Pipe | undefined {
  return pipes.get(response);
}
