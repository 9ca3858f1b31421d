import { setTimeout as sleep } from "node:timers/promises";
import { Agent, request } from "undici";
import { signature } from "./webhooks.ts";

const PAUSE_MS = 50;
const ANSWER_TIMEOUT_MS = 60_000;
const DEADLINE_MS = 120_000;

/** How often each answer came: an HTTP status, or the code of a connection's error. */
export type Answers = Record<string, number>;

/**
 * Signs and posts each body again and again until it is answered with 200, as Meta does (Webhooks,
 * "Delivery"), only with shorter pauses.
 *
 * @param options.connections how many bodies are under way at once
 * @param options.onAnswer called after each answer, with all so far
 * @throws when a body has no 200 after two minutes
 */
export async function deliverAll(
  bodies: readonly string[],
  options: {
    /** The webhook's address. */
    url: string;
    connections?: number;
    onAnswer?: (answer: string, answers: Answers) => void;
  },
): Promise<Answers> {
  const { url, connections = 8, onAnswer } = options;
  const dispatcher = new Agent({ connections, headersTimeout: ANSWER_TIMEOUT_MS });
  const deadline = Date.now() + DEADLINE_MS;
  const answers: Answers = {};
  const waiting = bodies.values();
  const worker = async () => {
    for (const body of waiting) {
      for (let answer = ""; answer !== "200"; ) {
        if (Date.now() > deadline) throw new Error(`No 200 in time: ${JSON.stringify(answers)}`);
        if (answer) await sleep(PAUSE_MS);
        answer = await post(url, body, dispatcher);
        answers[answer] = (answers[answer] ?? 0) + 1;
        onAnswer?.(answer, answers);
      }
    }
  };
  try {
    await Promise.all(Array.from({ length: connections }, worker));
    return answers;
  } finally {
    await dispatcher.destroy();
  }
}

/** @returns the status, or the error's code */
export async function post(url: string, body: string, dispatcher?: Agent): Promise<string> {
  try {
    const answer = await request(url, {
      method: "POST",
      headers: { "content-type": "application/json", "x-hub-signature-256": signature(body) },
      body,
      ...(dispatcher && { dispatcher }),
    });
    await answer.body.dump();
    return String(answer.statusCode);
  } catch (error) {
    return String((error as { code?: unknown }).code ?? error);
  }
}
