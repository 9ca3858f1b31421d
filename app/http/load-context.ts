import type { AppLoadContext } from "@remix-run/node";

const NONCE_BYTES = 16;

declare module "@remix-run/node" {
  /** What server.ts hands to every loader and action. Under stock remix-serve all of it is missing. */
  interface AppLoadContext {
    /** Aborts when the answer is over: sent to its end, or the client left. */
    signal?: AbortSignal;
    /** The client's IP address. */
    clientAddress?: string;
    /** Whether this server takes bodies from app/http/piped-response.ts. */
    pipes?: boolean;
    /** The Content-Security-Policy nonce of this answer, base64. */
    nonce?: string;
  }
}

/**
 * A signal that aborts when the client has left; also once the answer is over.
 * `request.signal` alone is not enough: Remix clones the request, and a clone's signal no longer
 * fires after a garbage collection.
 */
export function disconnectSignal(context: AppLoadContext, request: Request): AbortSignal {
  return context.signal ?? request.signal;
}

/** The client's IP address; empty when the server in front doesn't tell. */
export function clientAddress(context: AppLoadContext): string {
  return context.clientAddress ?? "";
}

/** The nonce of this answer: the same at every call with the same context. */
export function answerNonce(context: AppLoadContext): string {
  context.nonce ??= newNonce();
  return context.nonce;
}

/** @returns 128 random bits, base64 */
export function newNonce(): string {
  return btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(NONCE_BYTES))));
}
