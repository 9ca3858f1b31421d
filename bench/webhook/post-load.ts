import { setTimeout as sleep } from "node:timers/promises";
import { Agent, request } from "undici";
import type { SignedPost } from "#bench/tools/traffic.ts";

/** Enough that the client never makes a POST wait for a connection at the rates measured here. */
const OPEN_LOOP_CONNECTIONS = 128;

export interface Measured {
  postsPerSecond: number;
  messagesPerSecond: number;
  /** Milliseconds to the end of the answer. */
  p50: number;
  p99: number;
  /** Answers other than 200. */
  errors: number;
}

/** Each connection sends its next POST when the last one is answered. */
export async function closedLoop(options: {
  url: string;
  next: () => SignedPost;
  connections: number;
  seconds: number;
}): Promise<Measured> {
  const { url, next, connections, seconds } = options;
  return measure(connections, async (send) => {
    const end = performance.now() + seconds * 1000;
    const worker = async () => {
      while (performance.now() < end) await send(url, next(), performance.now());
    };
    await Promise.all(Array.from({ length: connections }, worker));
  });
}

/**
 * POSTs leave at fixed times, answered or not, as from senders who know nothing of each other.
 * Latency counts from when a POST was due, so a server that stalls pays for all that had to wait.
 */
export async function openLoop(options: {
  url: string;
  next: () => SignedPost;
  perSecond: number;
  seconds: number;
}): Promise<Measured> {
  const { url, next, perSecond, seconds } = options;
  return measure(OPEN_LOOP_CONNECTIONS, async (send) => {
    const startedAt = performance.now();
    const sending: Promise<void>[] = [];
    for (let index = 0; index < perSecond * seconds; index++) {
      const due = startedAt + (index * 1000) / perSecond;
      const early = due - performance.now();
      if (early > 0) await sleep(early);
      sending.push(send(url, next(), due));
    }
    await Promise.all(sending);
  });
}

type Send = (url: string, post: SignedPost, since: number) => Promise<void>;

async function measure(connections: number, run: (send: Send) => Promise<void>): Promise<Measured> {
  const dispatcher = new Agent({ connections, pipelining: 1 });
  const latencies: number[] = [];
  let messages = 0;
  let errors = 0;
  const startedAt = performance.now();
  await run(async (url, post, since) => {
    if (await isTaken(url, post, dispatcher)) messages += post.messages;
    else errors += 1;
    latencies.push(performance.now() - since);
  });
  const elapsed = (performance.now() - startedAt) / 1000;
  await dispatcher.close();
  latencies.sort((a, b) => a - b);
  const percentile = (share: number) =>
    latencies[Math.floor(latencies.length * share)] ?? Number.NaN;
  return {
    postsPerSecond: (latencies.length - errors) / elapsed,
    messagesPerSecond: messages / elapsed,
    p50: percentile(0.5),
    p99: percentile(0.99),
    errors,
  };
}

async function isTaken(url: string, post: SignedPost, dispatcher: Agent): Promise<boolean> {
  const headers = { "content-type": "application/json", "x-hub-signature-256": post.signature };
  try {
    const answer = await request(url, { dispatcher, method: "POST", headers, body: post.body });
    await answer.body.dump();
    return answer.statusCode === 200;
  } catch {
    return false;
  }
}
