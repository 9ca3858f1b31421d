import { sql } from "drizzle-orm";
import { log } from "#app/process/log.server.ts";
import type { OpenDatabase } from "#db/open.server.ts";
import type { StopListening } from "#db/postgres/listener.server.ts";

/** A conversation that has changed: a message, a status, what was read. */
export interface InboxChange {
  companyId: number;
  accountId: number;
  conversationId: number;
}

export interface InboxSubscriber {
  onChange: (change: InboxChange) => void;
  /** Changes may have been missed. */
  onGap: () => void;
}

/** The triggers of migration 0005 notify it. */
const CHANNEL = "inbox";
const PAYLOAD = /^(\d{1,15}):(\d{1,15}):(\d{1,15})$/;
const PING = "ping";
const PING_EVERY_MS = 30_000;

/**
 * Tells what changes in the database, whichever process changes it, until the database is closed.
 * A connection that only hears can't notice that its other end has vanished without a word: every
 * half minute it is checked that something was heard.
 */
export function listenToInbox(
  { db, listen }: Pick<OpenDatabase, "db" | "listen">,
  { onChange, onGap }: InboxSubscriber,
): void {
  let isPinged = false;
  let stop = begin();
  setInterval(ping, PING_EVERY_MS).unref();

  function begin(): StopListening {
    return listen(CHANNEL, { onNotification: hear, onListening: onGap });
  }

  function hear(payload: string): void {
    isPinged = false;
    if (payload === PING) return;
    const change = parsePayload(payload);
    if (change) onChange(change);
    else log.warn({ event: "inbox.bad_notification", length: payload.length });
  }

  async function ping(): Promise<void> {
    if (isPinged) {
      isPinged = false;
      log.warn({ event: "inbox.deaf" });
      stop().catch(() => {});
      stop = begin();
    }
    // Before it is sent: it may be heard before its sending is over.
    isPinged = true;
    await db.execute(sql`select pg_notify(${CHANNEL}, ${PING})`).catch(() => {
      isPinged = false;
    });
  }
}

function parsePayload(payload: string): InboxChange | undefined {
  const [, companyId, accountId, conversationId] = PAYLOAD.exec(payload) ?? [];
  if (!companyId) return undefined;
  return {
    companyId: Number(companyId),
    accountId: Number(accountId),
    conversationId: Number(conversationId),
  };
}
