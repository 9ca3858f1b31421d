import type { AppLoadContext } from "@remix-run/node";
import { clientAddress } from "#app/http/load-context.ts";

const MAX_USER_AGENT = 300;

/** What a request tells of the browser that sent it, for its owner to know it by. */
export interface Client {
  /** Its own name for itself, 300 characters at most; null when it tells none. */
  userAgent: string | null;
  /** Its IP address; null when the server in front doesn't tell. */
  address: string | null;
}

export function clientOf(request: Request, context: AppLoadContext): Client {
  const name = request.headers.get("User-Agent") ?? "";
  // Control characters, and those that turn the direction of what stands beside them.
  const userAgent = name.replace(/[\p{Cc}\p{Cf}]/gu, "").slice(0, MAX_USER_AGENT);
  return { userAgent: userAgent || null, address: clientAddress(context) || null };
}
