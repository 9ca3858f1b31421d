import type { Writable } from "node:stream";
import type { SessionKey } from "#app/auth/session-cookie.server.ts";
import { findSessionReaches, type Reach } from "#app/models/sessions/session-reach.server.ts";
import { onDraining } from "#app/process/draining.server.ts";
import { log } from "#app/process/log.server.ts";
import { eventStreams } from "#app/process/metrics.server.ts";
import type { OpenDatabase } from "#db/open.server.ts";
import { createEventFeed, type EventFeed } from "./event-feed.server.ts";
import { type InboxChange, listenToInbox } from "./inbox-channel.server.ts";

export const MAX_PER_PERSON = 10;
const MAX_PER_PROCESS = 2_000;
const CHECK_EVERY_MS = 3_000;

/** Whose stream it is, and what they could see when it began. */
export interface StreamOwner {
  userId: number;
  session: SessionKey;
  reach: Reach;
}

interface OpenStream extends StreamOwner {
  feed: EventFeed;
}

/** This process's streams of events. */
export function createEventStreams(database: Pick<OpenDatabase, "db" | "forCompany" | "listen">) {
  const streams = new Set<OpenStream>();
  const check = reachCheck(database, streams);
  let timer: NodeJS.Timeout | undefined;
  let isListening = false;

  onDraining(() => {
    for (const { feed } of streams) feed.end();
  });

  /** @returns whether there is room for one more of this person */
  function hasRoom({ userId }: Pick<StreamOwner, "userId">): boolean {
    const theirs = [...streams].filter((stream) => stream.userId === userId);
    return theirs.length < MAX_PER_PERSON && streams.size < MAX_PER_PROCESS;
  }

  /**
   * Tells the owner what changes within their reach, for as long as the reach stays what it is and
   * the session lasts: what has changed about them ends the stream within five seconds.
   *
   * @param stream where to; closed when its reader has left
   */
  function add(owner: StreamOwner, stream: Writable): void {
    const open = { ...owner, feed: createEventFeed(stream) };
    streams.add(open);
    listen();
    timer ??= setInterval(check, CHECK_EVERY_MS).unref();
    eventStreams.set(streams.size);
    stream.once("close", () => {
      streams.delete(open);
      eventStreams.set(streams.size);
      if (streams.size > 0) return;
      clearInterval(timer);
      timer = undefined;
    });
  }

  return { hasRoom, add };

  function listen(): void {
    if (isListening) return;
    isListening = true;
    listenToInbox(database, {
      onChange: (change) => tell(streams, change),
      onGap: () => {
        for (const { feed } of streams) feed.resync();
      },
    });
  }
}

function tell(streams: Set<OpenStream>, { companyId, accountId, conversationId }: InboxChange) {
  for (const { session, reach, feed } of streams) {
    if (session.companyId === companyId && reach.accountIds.includes(accountId)) {
      feed.changed(conversationId);
    }
  }
}

/** One query for all streams of a company, so that it may be asked often. */
function reachCheck({ forCompany }: Pick<OpenDatabase, "forCompany">, streams: Set<OpenStream>) {
  let isRunning = false;
  let isFailing = false;

  return async function check(): Promise<void> {
    if (isRunning) return;
    isRunning = true;
    try {
      for (const [companyId, open] of byCompany(streams)) {
        const scope = { companyId, db: forCompany(companyId) };
        const hashes = open.map(({ session }) => session.tokenHash);
        const reaches = await findSessionReaches(scope, hashes, new Date());
        open.forEach(({ reach, feed }, index) => {
          if (isSameReach(reach, reaches[index])) feed.confirm();
          else feed.end();
        });
      }
      isFailing = false;
    } catch (error) {
      // Unconfirmed, the streams say nothing until a later check succeeds.
      if (!isFailing) log.error({ event: "events.unchecked", err: error });
      isFailing = true;
    } finally {
      isRunning = false;
    }
  };
}

function byCompany(streams: Set<OpenStream>): Map<number, OpenStream[]> {
  const companies = new Map<number, OpenStream[]>();
  for (const stream of streams) {
    const { companyId } = stream.session;
    const known = companies.get(companyId);
    if (known) known.push(stream);
    else companies.set(companyId, [stream]);
  }
  return companies;
}

function isSameReach(before: Reach, now: Reach | undefined): boolean {
  return now?.role === before.role && now.accountIds.join() === before.accountIds.join();
}
