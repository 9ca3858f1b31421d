import { createHash, randomBytes } from "node:crypto";
import type { Link } from "#app/models/people/invitations.server.ts";

/** For how long somebody can choose a password by a link. */
export const LINK_DAYS = 7;
const DAY_MS = 24 * 60 * 60 * 1000;
const TOKEN_BYTES = 32;
const IN_PATH = /^([1-9]\d{0,14})\.([\w-]{43})$/;

/**
 * A new link that works once.
 *
 * @returns its token, for the person alone, and what its row keeps
 */
export function newLink(now = new Date()): { token: string; link: Link } {
  const token = randomBytes(TOKEN_BYTES).toString("base64url");
  const expiresAt = new Date(now.getTime() + LINK_DAYS * DAY_MS);
  return { token, link: { tokenHash: sha256(token), expiresAt } };
}

/** @param origin as browsers see it */
export function linkAddress(origin: string, companyId: number, token: string): string {
  return `${origin}/invite/${companyId}.${token}`;
}

/** @returns undefined for what can't be the last part of linkAddress() */
export function parseLink(
  parameter: string | undefined,
): { companyId: number; tokenHash: string } | undefined {
  const [, companyId, token] = IN_PATH.exec(parameter ?? "") ?? [];
  return companyId && token
    ? { companyId: Number(companyId), tokenHash: sha256(token) }
    : undefined;
}

function sha256(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}
