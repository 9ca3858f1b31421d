import type { LoginNotice } from "#app/ui/account/login-notice.tsx";
import { needsSetup } from "./first-run.server.ts";

/** What the sign-in page says above its form, if anything. */
export async function loginNotice(request: Request): Promise<LoginNotice | undefined> {
  if (await needsSetup()) return "setup";
  const notice = new URL(request.url).searchParams.get("notice");
  return notice === "password" ? notice : undefined;
}
