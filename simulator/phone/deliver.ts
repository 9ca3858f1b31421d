import { setTimeout } from "node:timers/promises";
import type { World } from "#simulator/world.ts";
import { signBody } from "./signature.ts";

const TIMEOUT_MS = 10_000;
const MAX_REPORTED_CHARACTERS = 10_000;

/** How the last delivery of a webhook went. */
export interface Delivery {
  /** Null when there was no answer. */
  status: number | null;
  /** The answer's text, shortened; without an answer, why. */
  body: string;
  attempts: number;
}

/**
 * Signs a body and posts it to the webhook. Anything but 200 is tried again after growing pauses,
 * as Meta does for days, but only as often as `retryDelaysMs` has entries.
 *
 * @param retry false for a single attempt
 */
export async function deliver(
  world: World,
  raw: string | Uint8Array,
  retry = true,
): Promise<Delivery> {
  const url = world.webhookUrl;
  if (!url) return { status: null, body: "No webhook address is set.", attempts: 0 };
  const pauses = retry ? world.retryDelaysMs : [];
  for (let attempts = 1; ; attempts += 1) {
    const answer = await post(world, url, raw);
    const pause = pauses[attempts - 1];
    if (answer.status === 200 || pause === undefined) return { ...answer, attempts };
    try {
      await setTimeout(pause, undefined, { signal: world.closing });
    } catch {
      return { ...answer, attempts };
    }
  }
}

async function post(world: World, url: string, raw: string | Uint8Array) {
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: {
        "Content-Type": "application/json",
        "User-Agent": "facebookexternalua",
        Accept: "*/*",
        "X-Hub-Signature-256": signBody(world.appSecret, raw),
      },
      body: raw as BodyInit,
      redirect: "manual",
      signal: AbortSignal.any([world.closing, AbortSignal.timeout(TIMEOUT_MS)]),
    });
    const body = (await response.text()).slice(0, MAX_REPORTED_CHARACTERS);
    return { status: response.status, body };
  } catch (error) {
    return { status: null, body: reason(error) };
  }
}

function reason(error: unknown) {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error ? cause.message || cause.name : String(cause);
}
