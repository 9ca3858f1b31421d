import { once } from "node:events";
import { get, type IncomingMessage } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { post } from "#tests/support/deliver-webhooks.ts";
import { contact, media, webhook } from "#tests/support/webhooks.ts";
import { announced } from "./latency-whatsapp.ts";

/** Somebody who has just opened a page has looked at it for this long. */
const LOOKED_MS = 1_000;

/** The app, and somebody who is signed in. */
export interface Tapper {
  url: string;
  headers: { Cookie: string };
  conversation: string;
  /** The id of a file that was never looked up. */
  next(): string;
}

export const MOMENTS = ["cold", "opened", "quiet", "after"] as const;
export type Moment = (typeof MOMENTS)[number];
/** Milliseconds from the tap to the file's first byte. */
export type Taps = Record<Moment, number[]>;

/** Sends the app a conversation with files, from one customer. */
export async function sendFiles(appUrl: string, mediaIds: readonly string[]): Promise<void> {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const from = "15550107788";
  const messages = mediaIds.map((mediaId) => {
    const part = { ...announced(mediaId), filename: `${mediaId}.pdf` };
    return media("document", part, { id: `wamid.latency.${mediaId}`, from, timestamp });
  });
  const body = JSON.stringify(webhook(messages, { contacts: [contact(from, "Nora Falk")] }));
  const answer = await post(`${appUrl}/webhooks/whatsapp`, body);
  if (answer !== "200") throw new Error(`The webhook was answered with ${answer}.`);
}

/** The first tap after the start, and a second one. */
export async function tapCold(tapper: Tapper, taps: Taps): Promise<void> {
  taps.cold.push(await tap(tapper));
  taps.after.push(await tap(tapper));
}

/** A tap in a page that was opened a moment ago, then one in a page that was left alone. */
export async function tapInPage(tapper: Tapper, taps: Taps, quietMs: number): Promise<void> {
  await openPage(tapper);
  await sleep(LOOKED_MS);
  taps.opened.push(await tap(tapper));
  await openPage(tapper);
  await sleep(quietMs);
  taps.quiet.push(await tap(tapper));
}

async function openPage({ url, headers, conversation }: Tapper): Promise<void> {
  const answer = await fetch(url + conversation, { headers });
  const page = await answer.text();
  if (answer.status !== 200 || !page.includes("/media/")) {
    throw new Error(`The conversation's page was answered with ${answer.status}, without tiles.`);
  }
}

async function tap({ url, headers, next }: Tapper): Promise<number> {
  const address = `${url}/media/${next()}`;
  const startedAt = performance.now();
  const [answer] = (await once(get(address, { headers, agent: false }), "response")) as [
    IncomingMessage,
  ];
  await once(answer, "readable");
  const ms = performance.now() - startedAt;
  if (answer.statusCode !== 200) throw new Error(`${address}: ${answer.statusCode}`);
  await once(answer.resume(), "end");
  return ms;
}
