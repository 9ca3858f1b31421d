import { createHash, randomBytes } from "node:crypto";
import { createCookie, createSessionStorage, type Session } from "@remix-run/node";
import { companyScope } from "#app/company-scope.server.ts";
import { env } from "#app/env.server.ts";
import {
  createSession,
  deleteSession,
  findSessionUser,
  type SessionUser,
} from "#app/models/sessions.server.ts";
import { hostCookie, secureCookies } from "./host-cookie.server.ts";

const SESSION_SECONDS = 14 * 24 * 60 * 60;
const TOKEN_BYTES = 32;

interface SessionOwner {
  companyId: number;
  userId: number;
}

interface SessionData extends SessionOwner {
  /** As they are now, read with the session: a change of role counts at once. */
  user: SessionUser;
}

/** Where a session's row is found. */
export interface SessionKey {
  companyId: number;
  /** SHA-256 of the cookie's token, hex. */
  tokenHash: string;
}

export type UserSession = Session<SessionData>;

const cookie = createCookie(hostCookie("session"), {
  httpOnly: true,
  sameSite: "lax",
  path: "/",
  secrets: env.SESSION_SECRET,
  secure: secureCookies,
  maxAge: SESSION_SECONDS,
});

/**
 * Sessions are rows; the signed cookie carries the company and a random token, and the row only
 * the token's hash. Created once, at sign-in: a session never changes hands, so a cookie from
 * before a sign-in is worth nothing after it.
 */
const storage = createSessionStorage<SessionData>({
  cookie,
  async createData({ companyId, userId }, expires) {
    if (!companyId || !userId) throw new Error("Only a signed-in person has a session.");
    const token = randomBytes(TOKEN_BYTES).toString("base64url");
    const expiresAt = expires ?? new Date(Date.now() + SESSION_SECONDS * 1000);
    await createSession(companyScope(companyId), { tokenHash: sha256(token), userId, expiresAt });
    return `${companyId}.${token}`;
  },
  async readData(id) {
    const key = parseId(id);
    if (!key) return null;
    const user = await findSessionUser(companyScope(key.companyId), key.tokenHash, new Date());
    return user ? { companyId: key.companyId, userId: user.id, user } : null;
  },
  async updateData() {
    throw new Error("A session's owner never changes: end it and create another.");
  },
  async deleteData(id) {
    const key = parseId(id);
    if (key) await deleteSession(companyScope(key.companyId), key.tokenHash);
  },
});

/** The session that the request's cookie names; empty when there is none. */
export function getSession(request: Request): Promise<UserSession> {
  return storage.getSession(request.headers.get("Cookie"));
}

/**
 * What the request's cookie says, for a query that reads the session together with something else.
 *
 * @returns undefined when there is no cookie of ours; a key may still be of no session
 */
export async function sessionKey(request: Request): Promise<SessionKey | undefined> {
  return parseId(await cookie.parse(request.headers.get("Cookie")));
}

/**
 * Starts a session, always a new one.
 *
 * @returns the Set-Cookie header
 */
export async function startSession(owner: SessionOwner): Promise<string> {
  const session = await storage.getSession();
  session.set("companyId", owner.companyId);
  session.set("userId", owner.userId);
  return storage.commitSession(session);
}

/**
 * Ends the request's session here and in the browser.
 *
 * @returns the Set-Cookie header
 */
export async function endSession(request: Request): Promise<string> {
  return storage.destroySession(await getSession(request));
}

function parseId(id: unknown): SessionKey | undefined {
  const [, companyId, token] = /^(\d{1,15})\.([A-Za-z0-9_-]{43})$/.exec(String(id)) ?? [];
  return companyId && token
    ? { companyId: Number(companyId), tokenHash: sha256(token) }
    : undefined;
}

function sha256(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}
