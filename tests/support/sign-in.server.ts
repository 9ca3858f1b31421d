import { startSession } from "#app/auth/session.server.ts";

/** What a browser sends back of a Set-Cookie header. */
export function cookieOf(setCookie: string): string {
  return setCookie.split(";")[0] ?? "";
}

/** The Cookie header of a person who has just signed in. */
export async function signIn(
  { companyId, id: userId }: { companyId: number; id: number },
  request = requestWith(undefined, "/login"),
): Promise<string> {
  return cookieOf(await startSession({ companyId, userId }, request, {}));
}

export function requestWith(cookie: string | undefined, path = "/conversations"): Request {
  return new Request(`http://localhost${path}`, { headers: cookie ? { Cookie: cookie } : {} });
}
