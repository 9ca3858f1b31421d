import type { AppLoadContext } from "@remix-run/node";
import { afterAnswer } from "#app/http/after-answer.server.ts";
import { clientAddress } from "#app/http/load-context.ts";
import { type AuditEventKind, recordAuditEvent } from "#app/models/audit/audit-events.server.ts";
import { findCredentials } from "#app/models/people/credentials.server.ts";
import { forDuty } from "#app/process/database.server.ts";
import { log } from "#app/process/log.server.ts";
import { signIns } from "#app/process/metrics.server.ts";
import {
  authenticator,
  emailOf,
  PASSWORD,
  type UserKey,
  WrongCredentialsError,
} from "./authenticator.server.ts";
import { companyScope } from "./company-scope.server.ts";
import { deviceCookies } from "./device-cookie.server.ts";
import { startSession } from "./session.server.ts";
import { countGuess } from "./sign-in-throttle.server.ts";
import { ThrottledError } from "./throttle.server.ts";

/**
 * Signs in whom a sign-in form belongs to.
 *
 * @param form what the request's body says
 * @returns headers that make the session, and the browser one that its user is known by
 * @throws {WrongCredentialsError}
 * @throws {ThrottledError}
 */
export async function signIn(
  form: FormData,
  request: Request,
  context: AppLoadContext,
): Promise<Headers> {
  const email = emailOf(form);
  try {
    const wasRight = await countGuess(guessOf(email, request, context));
    const user = await authenticator.authenticate(PASSWORD, request);
    await wasRight();
    const headers = new Headers({ "Set-Cookie": await startSession(user, request, context) });
    headers.append("Set-Cookie", deviceCookies.issue(email));
    signIns.inc({ outcome: "started" });
    return headers;
  } catch (error) {
    noteRefusal(error, email, context);
    throw error;
  }
}

/** A password that comes with a request, for a check that must be limited. */
export function guessOf(email: string, request: Request, context: AppLoadContext) {
  const device = deviceCookies.find(email, request.headers.get("Cookie") ?? "");
  return { email, address: clientAddress(context), device };
}

/** After the answer: whether there is such a user must not be heard from its time. */
function noteRefusal(error: unknown, email: string, context: AppLoadContext): void {
  const address = clientAddress(context) || undefined;
  if (error instanceof WrongCredentialsError) {
    signIns.inc({ outcome: "refused" });
    afterAnswer(context, () => note("session.refused", error.user, address));
  } else if (error instanceof ThrottledError) {
    signIns.inc({ outcome: "throttled" });
    if (!error.isFirst) return;
    afterAnswer(context, async () => {
      const user = await findCredentials(forDuty("sign_in"), email);
      await note("session.throttled", user, address);
    });
  } else {
    signIns.inc({ outcome: "failed" });
  }
}

async function note(kind: AuditEventKind, user: UserKey | undefined, address: string | undefined) {
  if (!user) return log.warn({ event: kind, address });
  const event = { kind, subjectUserId: user.userId, address };
  await recordAuditEvent(companyScope(user.companyId), event);
}
