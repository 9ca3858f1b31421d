import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { promisify } from "node:util";
import { ATTACHMENTS_PATH } from "#simulator/answers/signed-url.ts";
import { answerDownload } from "#simulator/cdn/download.ts";
import { answerControl, CONTROL_PREFIX } from "#simulator/control/routes.ts";
import { FaultPlan } from "#simulator/faults/plan.ts";
import { answerGraph } from "#simulator/graph/route.ts";
import { MediaStore } from "#simulator/media/store.ts";
import { answerPage, isPagePath } from "#simulator/page/routes.ts";
import { type Chat, Chats } from "#simulator/phone/chats.ts";
import { type Delivery, deliver } from "#simulator/phone/deliver.ts";
import {
  type OutgoingMessage,
  type SentMessage,
  sendAlbum,
  sendMessage,
} from "#simulator/phone/send.ts";
import { readChat, StatusQueue } from "#simulator/phone/statuses.ts";
import { type Answer, Exchange } from "#simulator/wire/exchange.ts";
import { RequestLog } from "./request-log.ts";
import type { Settings, World } from "./world.ts";

const RETRY_DELAYS_MS = [500, 1000, 2000, 4000];
const SETTINGS: Settings = { replyWindow: false, statuses: true, statusDelayMs: 50 };

export interface SimulatorOptions {
  /** Default 0: any free one. */
  port?: number;
  host?: string;
  /** The one bearer token that Graph and the CDN accept. */
  accessToken?: string;
  /** Signs the webhooks. */
  appSecret?: string;
  webhookUrl?: string | undefined;
  /** Pauses before a webhook is delivered again; empty: one delivery only. */
  retryDelaysMs?: readonly number[];
  /** Milliseconds since 1970. */
  now?: () => number;
  /** From 0 up to 1. */
  random?: () => number;
}

/** Meta's Graph, its CDN and a customer's phone on one port of this machine. */
export interface Simulator {
  url: string;
  port: number;
  media: MediaStore;
  faults: FaultPlan;
  requests: RequestLog;
  setWebhookUrl(url: string): void;
  /** From now on only this token is accepted. */
  setAccessToken(token: string): void;
  /** Until told otherwise: no reply window, statuses after 50 ms each. */
  configure(settings: Partial<Settings>): void;
  sendMessage(message: OutgoingMessage): Promise<SentMessage>;
  /** Several photos at once, two without `count`. */
  sendAlbum(
    album: Omit<OutgoingMessage, "kind" | "wamid" | "mediaId">,
    count?: number,
  ): Promise<SentMessage[]>;
  /** What the customers' phones show, newest chat first. */
  chats(): Chat[];
  /** A customer, by number or user id, opens the chat: what was sent there is read now. */
  openChat(to: string, customer: string): Promise<void>;
  /** Waits until the webhook was told of all that was sent so far. */
  statusesDelivered(): Promise<void>;
  /** Signs exactly these bytes and posts them. */
  postWebhook(raw: string | Uint8Array, options?: { retry?: boolean }): Promise<Delivery>;
  /** Connections that are open to it, idle ones too. */
  connections(): Promise<number>;
  /** Breaks every connection and frees the port. */
  close(): Promise<void>;
}

/** @throws when the port is taken (the error's code is EADDRINUSE) */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const closing = new AbortController();
  const world = createWorld(options, closing.signal);
  const server = createServer((request, response) => {
    handle(world, request, response).catch(() => response.destroy());
  });
  const host = options.host ?? "127.0.0.1";
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(options.port ?? 0, host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  world.origin = `http://${host.includes(":") ? `[${host}]` : host}:${port}`;
  return {
    url: world.origin,
    port,
    media: world.media,
    faults: world.faults,
    requests: world.requests,
    setWebhookUrl: (url) => {
      world.webhookUrl = url;
    },
    setAccessToken: (token) => {
      world.accessToken = token;
    },
    configure: (settings) => void Object.assign(world.settings, settings),
    sendMessage: (message) => sendMessage(world, message),
    sendAlbum: (album, count) => sendAlbum(world, album, count),
    chats: () => structuredClone(world.chats.list()),
    openChat: async (to, customer) => {
      const chat = world.chats.find(to, customer);
      if (!chat) throw new Error(`${customer} has no chat with ${to}.`);
      readChat(world, chat);
      await world.statuses.idle();
    },
    statusesDelivered: () => world.statuses.idle(),
    postWebhook: (raw, { retry } = {}) => deliver(world, raw, retry),
    connections: () => promisify(server.getConnections.bind(server))(),
    close: () => {
      closing.abort();
      return new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}

function createWorld(options: SimulatorOptions, closing: AbortSignal): World {
  const { now = Date.now, random = Math.random } = options;
  return {
    origin: "",
    accessToken: options.accessToken ?? "test-access-token",
    appSecret: options.appSecret ?? "test-app-secret",
    webhookUrl: options.webhookUrl,
    retryDelaysMs: options.retryDelaysMs ?? RETRY_DELAYS_MS,
    now,
    random,
    media: new MediaStore(random, now),
    faults: new FaultPlan(),
    requests: new RequestLog(now),
    chats: new Chats(),
    statuses: new StatusQueue(),
    settings: { ...SETTINGS },
    closing,
  };
}

async function handle(world: World, request: IncomingMessage, response: ServerResponse) {
  const url = new URL(request.url ?? "/", world.origin);
  if (url.pathname === ATTACHMENTS_PATH) {
    const mediaId = url.searchParams.get("mid");
    const entry = world.requests.begin(request, url, "download", mediaId);
    const exchange = new Exchange(request, response, url, entry, world.requests);
    return reply(world, exchange, answerDownload(world, exchange));
  }
  if (isPagePath(url.pathname)) return answerPage(world, request, response, url);
  if (url.pathname.startsWith(CONTROL_PREFIX)) {
    return answerControl(world, request, response, url);
  }
  const { exchange, answer } = answerGraph(world, request, response, url);
  return reply(world, exchange, answer);
}

async function reply(world: World, exchange: Exchange, answer: Promise<Answer>) {
  const { status, headers, body } = await answer;
  const date = new Date(world.now()).toUTCString();
  await exchange.send({ status, headers: { Date: date, ...headers }, body });
}
