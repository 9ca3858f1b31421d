import type { Answer } from "./ask.ts";

const SIGN_IN = /^\/login\?redirectTo=/;

/** An answer in the words of the table. */
export function verdictOf(method: string, { status, headers, body }: Answer): string {
  const target = headers.location ?? singleFetchRedirect(status, body);
  if (target !== undefined && SIGN_IN.test(target)) return "sign in";
  const isRedirect = target !== undefined || (status >= 300 && status < 400);
  const isDone = isRedirect || (status >= 200 && status < 300);
  if (method === "POST" && isDone) return "done";
  return isRedirect ? "→" : String(status);
}

/** Remix answers its own scripts with 202 and the redirect in the body, since they couldn't see it. */
function singleFetchRedirect(status: number, body: string): string | undefined {
  if (status !== 202) return undefined;
  return /"redirect","([^"]*)"/.exec(body)?.[1] ?? "";
}
