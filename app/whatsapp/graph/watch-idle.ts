import type { Socket } from "node:net";

/** Why an idle connection is idle no more: taken, closed by the other side, or by us unused. */
export type IdleEnd = "used" | "closed" | "unused";

/**
 * Looks after an open connection that nobody uses: it keeps no process alive, and is closed when the
 * other side closes it, or says something without being asked.
 *
 * @param ended called once
 */
export function watchIdle(socket: Socket, ended: (how: IdleEnd) => void) {
  let timer: NodeJS.Timeout | undefined;
  const lose = () => leave("closed");
  for (const event of EVENTS) socket.on(event, lose);
  socket.unref();

  return {
    /** Closes it when that long has passed, counted anew from now. */
    stay(ms: number): void {
      clearTimeout(timer);
      timer = setTimeout(end, ms).unref();
    },
    /** Gives it away: from here on it is its taker's. */
    take(): Socket {
      leave("used");
      return socket.ref();
    },
    end,
  };

  function end(): void {
    leave("unused");
  }

  function leave(how: IdleEnd): void {
    clearTimeout(timer);
    for (const event of EVENTS) socket.removeListener(event, lose);
    if (how !== "used") socket.destroy();
    ended(how);
  }
}

const EVENTS = ["end", "error", "close"] as const;
