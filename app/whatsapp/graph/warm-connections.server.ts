import type { Socket } from "node:net";
import type { buildConnector } from "undici";
import { whatsappConnections, whatsappWarmUps } from "#app/process/metrics.server.ts";
import { isPlain, originOf, type Place, placeOf } from "./place.ts";
import { createPauses } from "./warm-up-pauses.ts";
import { watchIdle } from "./watch-idle.ts";

/** Of one origin: the first tap's, and the one of whoever taps beside it. */
export const MAX_WARM = 2;
const IDLE_MS = 60_000;
/** After it a new attempt may well be faster: the kernel repeats a lost SYN after a second. */
const JOINED_WITHIN_MS = 1_000;

export type WarmConnections = ReturnType<typeof createWarmConnections>;

export interface WarmOptions {
  idleMs?: number;
  now?: () => number;
}

type Idle = ReturnType<typeof watchIdle>;

interface Opening {
  since: number;
  /** Whoever asked for a connection meanwhile. */
  taker?: buildConnector.Callback;
}

/**
 * Connections that are opened, TLS included, before there is anything to ask. No byte of HTTP passes
 * on them until `connect` hands one out, each to one taker.
 *
 * @param open makes a connection
 */
export function createWarmConnections(
  open: buildConnector.connector,
  { idleMs = IDLE_MS, now = Date.now }: WarmOptions = {},
) {
  const idle = new Map<string, Idle[]>();
  const opening = new Map<string, Set<Opening>>();
  const pauses = createPauses(now);
  let isClosed = false;

  return { connect, warmUp, close };

  /** For undici: gives a warm connection, one that is just being opened, or a new one. */
  function connect(options: buildConnector.Options, callback: buildConnector.Callback): void {
    const origin = originOf(options);
    const warm = isPlain(options) && idle.get(origin)?.at(-1);
    const joined = isPlain(options) && [...(opening.get(origin) ?? [])].find(isFree);
    if (warm) handOut(warm, options, callback);
    else if (joined) joined.taker = callback;
    else open(options, callback);
  }

  /**
   * Opens connections until `count` to an origin are idle or on their way, and lets those that there
   * are stay for longer. Returns at once; a failure is only counted, and followed by a pause.
   */
  function warmUp(url: string, count = MAX_WARM): void {
    const place = placeOf(url);
    const origin = originOf(place);
    for (const connection of idle.get(origin) ?? []) connection.stay(idleMs);
    const under = [...(opening.get(origin) ?? [])].filter(({ taker }) => !taker).length;
    const missing = Math.min(count, MAX_WARM) - under - (idle.get(origin)?.length ?? 0);
    if (isClosed || pauses.isPaused(origin)) return;
    for (let number = 0; number < missing; number++) begin(origin, place);
  }

  /** Closes all that nobody has taken, and opens no more. */
  function close(): void {
    isClosed = true;
    for (const { end } of [...idle.values()].flat()) end();
  }

  function begin(origin: string, place: Place): void {
    const attempt: Opening = { since: now() };
    const underWay = opening.get(origin) ?? new Set();
    opening.set(origin, underWay.add(attempt));
    // Whoever asks has other work to do in this turn.
    setImmediate(() =>
      open(place, (error, socket) => {
        underWay.delete(attempt);
        if (error) {
          pauses.failed(origin);
          whatsappWarmUps.inc({ outcome: "failed" });
          attempt.taker?.(error, null);
          return;
        }
        pauses.succeeded(origin);
        if (!attempt.taker) return keep(origin, socket);
        whatsappWarmUps.inc({ outcome: "used" });
        attempt.taker(null, socket);
      }),
    );
  }

  function keep(origin: string, socket: Socket): void {
    if (isClosed) return void socket.destroy();
    const list = idle.get(origin) ?? [];
    idle.set(origin, list);
    const connection = watchIdle(socket, (outcome) => {
      list.splice(list.indexOf(connection), 1);
      whatsappConnections.dec({ state: "warm" });
      whatsappWarmUps.inc({ outcome });
    });
    list.push(connection);
    whatsappConnections.inc({ state: "warm" });
    connection.stay(idleMs);
  }

  function handOut(
    warm: Idle,
    options: buildConnector.Options,
    callback: buildConnector.Callback,
  ): void {
    const socket = warm.take();
    // As undici does with its own: a close that has come already is heard before a request leaves.
    setImmediate(() => {
      if (isUsable(socket)) callback(null, socket);
      else open(options, callback);
    });
  }

  function isFree({ since, taker }: Opening): boolean {
    return !taker && now() - since < JOINED_WITHIN_MS;
  }
}

function isUsable(socket: Socket): boolean {
  return !socket.destroyed && socket.readable && socket.writable && socket.readableLength === 0;
}
