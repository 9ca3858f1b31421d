import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";

/** What a request's Authorization header is worth. */
export function bearerOf(
  request: IncomingMessage,
  accessToken: string,
): "missing" | "wrong" | "right" {
  const [, token] = /^bearer +(\S+)$/i.exec(request.headers.authorization ?? "") ?? [];
  if (!token) return "missing";
  return timingSafeEqual(sha256(token), sha256(accessToken)) ? "right" : "wrong";
}

export function sha256(content: string | Uint8Array): Buffer {
  return createHash("sha256").update(content).digest();
}
