import { isRouteErrorResponse } from "@remix-run/react";
import { isUndecodable } from "#app/remix/undecodable.ts";

const FIRST_RETRY_MS = 1_000;
const LAST_RETRY_MS = 15_000;

/** The server can't be reached. */
export class ConnectionLostError extends Error {
  override name = "ConnectionLostError";
}

interface Shown {
  url: string;
  /** What the list's loader gave. */
  list: unknown;
}

let shown: Shown | undefined;

/** Says what is on the screen. */
export function setShown(page: Shown): void {
  shown = page;
}

/**
 * Loads a page's data for a client loader. Where it is for the page that is shown already, a server
 * that can't be reached or fails costs nothing: what is shown, a draft in it too, stays until an
 * attempt succeeds.
 *
 * @throws {ConnectionLostError} another page can't be had because the server can't be reached
 */
export async function loadWithRetries<T>(request: Request, load: () => Promise<T>): Promise<T> {
  for (let retryMs = FIRST_RETRY_MS; ; retryMs = Math.min(2 * retryMs, LAST_RETRY_MS)) {
    try {
      return await load();
    } catch (error) {
      const isAnswer = error instanceof Response || isRouteErrorResponse(error);
      if (isAnswer || request.signal.aborted) throw error;
      if (request.url !== shown?.url)
        throw isConnectionLost(error) ? new ConnectionLostError() : error;
      await untilOnlineOr(retryMs, request.signal);
      if (request.signal.aborted) throw error;
    }
  }
}

/** The same for the list beside a page: that another page can't be had leaves the list as it is. */
export async function loadListWithRetries<T>(request: Request, load: () => Promise<T>): Promise<T> {
  try {
    return await loadWithRetries(request, load);
  } catch (error) {
    const isSameList = shown && new URL(request.url).search === new URL(shown.url).search;
    if (error instanceof ConnectionLostError && isSameList) return shown?.list as T;
    throw error;
  }
}

/** What fetch rejects with, or an answer that is not the server's. */
function isConnectionLost(error: unknown): boolean {
  return error instanceof TypeError || isUndecodable(error);
}

function untilOnlineOr(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const waiting = new AbortController();
    const end = () => {
      waiting.abort();
      clearTimeout(timer);
      resolve();
    };
    const timer = setTimeout(end, ms);
    window.addEventListener("online", end, { signal: waiting.signal });
    signal.addEventListener("abort", end, { signal: waiting.signal });
  });
}
