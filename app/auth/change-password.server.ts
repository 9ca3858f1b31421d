import type { AppLoadContext } from "@remix-run/node";
import { afterAnswer } from "#app/http/after-answer.server.ts";
import { clientAddress } from "#app/http/load-context.ts";
import { recordAuditEvent } from "#app/models/audit/audit-events.server.ts";
import { changePassword, findPasswordHash } from "#app/models/sessions/passwords.server.ts";
import { newPasswordProblem } from "./new-password.ts";
import { hashPassword, passwordMatches } from "./password.server.ts";
import { newToken } from "./session-cookie.server.ts";
import { guessOf } from "./sign-in.server.ts";
import { countGuess } from "./sign-in-throttle.server.ts";
import { ThrottledError } from "./throttle.server.ts";
import { ownerOf, type Viewer } from "./viewer.server.ts";

/** The password can't be changed so. */
export class PasswordProblemError extends Error {
  override name = "PasswordProblemError";

  /** @param message for the person */
  constructor(
    readonly field: "current" | "new",
    message: string,
  ) {
    super(message);
  }
}

/**
 * Changes the viewer's own password, by a form with `current`, `new` and `repeated`, and ends their
 * other sessions. The current one is guessed at within the limits of sign-in: whoever has got hold of
 * a session must not find the password by it.
 *
 * @returns the Set-Cookie header by which this session goes on
 * @throws {PasswordProblemError}
 * @throws {ThrottledError}
 * @throws {SessionEndedError} the session has ended meanwhile
 */
export async function changeOwnPassword(
  form: FormData,
  viewer: Viewer,
  request: Request,
  context: AppLoadContext,
): Promise<string> {
  const [current, wanted, repeated] = ["current", "new", "repeated"].map((name) =>
    textOf(form.get(name)),
  ) as [string, string, string];
  const problem = newPasswordProblem(wanted, repeated);
  if (problem) throw new PasswordProblemError("new", problem);
  await checkCurrent(current, viewer, request, context);
  const { setCookie, tokenHash: newTokenHash } = await newToken(viewer.scope.companyId);
  const address = clientAddress(context) || undefined;
  const passwordHash = await hashPassword(wanted);
  await changePassword(viewer.scope, ownerOf(viewer), { passwordHash, newTokenHash, address });
  return setCookie;
}

async function checkCurrent(
  current: string,
  { scope, id, email }: Viewer,
  request: Request,
  context: AppLoadContext,
): Promise<void> {
  try {
    const wasRight = await countGuess(guessOf(email, request, context));
    if (!(await passwordMatches(await findPasswordHash(scope, id), current))) {
      throw new PasswordProblemError("current", "The current password is wrong.");
    }
    await wasRight();
  } catch (error) {
    if (error instanceof ThrottledError && error.isFirst) {
      const address = clientAddress(context) || undefined;
      const event = { kind: "session.throttled", actorUserId: id, address } as const;
      afterAnswer(context, () => recordAuditEvent(scope, event));
    }
    throw error;
  }
}

function textOf(value: FormDataEntryValue | null): string {
  return typeof value === "string" ? value : "";
}
