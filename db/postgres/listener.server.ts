import postgres from "postgres";

const CONNECT_TIMEOUT_S = 5;

export interface Listener {
  /** @param payload as it was notified */
  onNotification: (payload: string) => void;
  /** Called whenever it begins to hear: at first, and after a lost connection, whose notifications are lost. */
  onListening: () => void;
}

/** Ends the listening, and its connection. */
export type StopListening = () => Promise<void>;

/**
 * Hears a channel of PostgreSQL's NOTIFY on a connection of its own. A connection that can't be
 * made, or is lost, is made again about once a second, for as long as it takes.
 *
 * @param url the database, as DATABASE_URL
 */
export function listenOnPostgres(url: string, channel: string, listener: Listener): StopListening {
  const client = postgres(url, {
    max: 1,
    connect_timeout: CONNECT_TIMEOUT_S,
    backoff: secondsToNextAttempt,
    keep_alive: 15,
    onnotice: () => {},
    connection: { application_name: "tapview listener" },
  });
  // The driver asks again by itself, after a first attempt that failed as after a lost connection.
  client.listen(channel, listener.onNotification, listener.onListening).catch(() => {});
  return () => client.end({ timeout: 0 });
}

/** Not all processes at the same moment. */
function secondsToNextAttempt(): number {
  return 0.5 + Math.random();
}
