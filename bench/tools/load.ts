import { setTimeout as sleep } from "node:timers/promises";
import { LoadConnection, type Target } from "./load-connection.ts";

export interface Measured {
  /** Of bodies, in the time measured; what was under way at its end counts as far as it came. */
  megabytesPerSecond: number;
  requestsPerSecond: number;
  /** Milliseconds to the first byte of each answer. */
  firstBytes: number[];
  /** All bytes of all answers, also those that came after the time measured. */
  bytes: number;
}

/**
 * Each connection asks again when its last answer is complete. What is under way at the end is read
 * to its end, so that nothing of it burdens the next measurement.
 *
 * @throws when an answer is not the whole file
 */
export function closedLoop(
  target: Target,
  { connections, seconds }: { connections: number; seconds: number },
): Promise<Measured> {
  return measure(target, connections, seconds, async (connection, startedAt, firstByte) => {
    const end = startedAt + seconds * 1000;
    for (let now = startedAt; now < end; now = performance.now()) {
      firstByte((await connection().then((open) => open.get())) - now);
    }
  });
}

/**
 * Requests leave at fixed times, from each connection in turn. Where the connection was still busy
 * when a request was due, its time counts from then.
 *
 * @throws when an answer is not the whole file
 */
export function paced(
  target: Target,
  options: { connections: number; perSecond: number; seconds: number },
): Promise<Measured> {
  const { connections, perSecond, seconds } = options;
  const interval = 1000 / perSecond;
  return measure(
    target,
    connections,
    seconds,
    async (connection, startedAt, firstByte, position) => {
      for (let turn = position; turn < perSecond * seconds; turn += connections) {
        const due = startedAt + turn * interval;
        const early = due - performance.now();
        if (early > 0) await sleep(early);
        const open = await connection();
        // Only the timer was late: that is the client's own time.
        const since = early > 0 ? performance.now() : due;
        firstByte((await open.get()) - since);
      }
    },
  );
}

type Worker = (
  /** Its connection, opened again when the server has closed it. */
  connection: () => Promise<LoadConnection>,
  startedAt: number,
  firstByte: (milliseconds: number) => void,
  position: number,
) => Promise<void>;

async function measure(
  target: Target,
  connections: number,
  seconds: number,
  work: Worker,
): Promise<Measured> {
  const firstBytes: number[] = [];
  let bytes = 0;
  const open = () =>
    LoadConnection.open(target, (count) => {
      bytes += count;
    });
  const opened = await Promise.all(Array.from({ length: connections }, open));
  const startedAt = performance.now();
  const window = sleep(seconds * 1000).then(() => ({
    bytes,
    seconds: (performance.now() - startedAt) / 1000,
  }));
  try {
    await Promise.all(
      opened.map((_, position) => {
        const connection = async () => {
          const known = opened[position];
          if (known && !known.closed) return known;
          opened[position] = await open();
          return opened[position];
        };
        return work(connection, startedAt, (ms) => firstBytes.push(ms), position);
      }),
    );
  } finally {
    for (const connection of opened) connection.close();
  }
  const inTime = await window;
  return {
    megabytesPerSecond: inTime.bytes / 1e6 / inTime.seconds,
    requestsPerSecond: inTime.bytes / target.bytes / inTime.seconds,
    firstBytes,
    bytes,
  };
}
