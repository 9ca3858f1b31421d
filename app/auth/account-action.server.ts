import { type AppLoadContext, data, redirect } from "@remix-run/node";
import { clientAddress } from "#app/http/load-context.ts";
import { readSmallForm, UnreadableFormError } from "#app/http/posted-form.server.ts";
import { numericId } from "#app/models/numeric-id.ts";
import { endOtherSessions, endOwnSession } from "#app/models/sessions/own-sessions.server.ts";
import { SessionEndedError } from "#app/models/sessions/passwords.server.ts";
import { changeOwnPassword, PasswordProblemError } from "./change-password.server.ts";
import { ThrottledError } from "./throttle.server.ts";
import { ownerOf, requireViewer } from "./viewer.server.ts";

/** What was done, by its name in the address that a form leads to. */
const DONE = {
  session: "The session has ended.",
  others: "All other sessions have ended.",
  password: "Your password is changed. You are signed out everywhere but here.",
};

/**
 * The forms of a person's own account: field `intent` is end, end-others or password. Leads back to
 * the page, or shows it again with what is wrong.
 *
 * @throws as requireViewer does
 */
export async function accountAction(request: Request, context: AppLoadContext) {
  const viewer = await requireViewer(request, context);
  const address = clientAddress(context) || undefined;
  try {
    const form = await readSmallForm(request);
    switch (form.get("intent")) {
      case "end": {
        const id = numericId(String(form.get("session")));
        // Ended already, or not theirs: what they want is so.
        if (id) await endOwnSession(viewer.scope, viewer.id, id, address);
        return done("session");
      }
      case "end-others":
        await endOtherSessions(viewer.scope, ownerOf(viewer), address);
        return done("others");
      case "password":
        return done("password", await changeOwnPassword(form, viewer, request, context));
      default:
        return data({ error: "Send one of this page's forms." }, 400);
    }
  } catch (error) {
    return refusal(error);
  }
}

function done(what: keyof typeof DONE, setCookie?: string): Response {
  const headers = new Headers(setCookie ? { "Set-Cookie": setCookie } : {});
  return redirect(`/account?done=${what}`, { headers, status: 303 });
}

function refusal(error: unknown) {
  if (error instanceof SessionEndedError) return redirect("/login?redirectTo=%2Faccount");
  if (error instanceof UnreadableFormError) return data({ error: error.message }, error.status);
  if (error instanceof PasswordProblemError) {
    return data({ error: error.message }, error.field === "current" ? 403 : 400);
  }
  if (!(error instanceof ThrottledError)) throw error;
  return data({ error: error.message }, error.init);
}

/** @returns words for what the last form did, if the page's address says so */
export function accountNotice(query: URLSearchParams): string | null {
  const done = query.get("done") ?? "";
  return Object.hasOwn(DONE, done) ? DONE[done as keyof typeof DONE] : null;
}
