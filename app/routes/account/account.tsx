import {
  type ActionFunctionArgs,
  data,
  type HeadersFunction,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Link, useActionData, useLoaderData } from "@remix-run/react";
import { changeOwnPassword, PasswordProblemError } from "#app/auth/change-password.server.ts";
import { ThrottledError } from "#app/auth/throttle.server.ts";
import { requireViewer, type Viewer } from "#app/auth/viewer.server.ts";
import { clientAddress } from "#app/http/load-context.ts";
import { readSmallForm, UnreadableFormError } from "#app/http/posted-form.server.ts";
import { numericId } from "#app/models/numeric-id.ts";
import {
  endOtherSessions,
  endOwnSession,
  listOwnSessions,
} from "#app/models/sessions/own-sessions.server.ts";
import { SessionEndedError } from "#app/models/sessions/passwords.server.ts";
import { timeZone } from "#app/process/time-zone.server.ts";
import { ChangePasswordForm } from "#app/ui/account/change-password-form.tsx";
import { OwnSessions } from "#app/ui/account/own-sessions.tsx";

export const meta: MetaFunction = () => [{ title: "Your account · Tapview" }];

/** What was done, in the address that a form leads to. */
const DONE = {
  session: "The session has ended.",
  others: "All other sessions have ended.",
  password: "Your password is changed. You are signed out everywhere but here.",
};

export async function loader({ request, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request, context);
  const { name, email, role, companyName } = viewer;
  const now = new Date();
  const sessions = await listOwnSessions(viewer.scope, ownerOf(viewer), now);
  const done = new URL(request.url).searchParams.get("done") ?? "";
  const notice = Object.hasOwn(DONE, done) ? DONE[done as keyof typeof DONE] : null;
  return { name, email, role, companyName, sessions, notice, now, timeZone };
}

export async function action({ request, context }: ActionFunctionArgs) {
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

function ownerOf({ id, session }: Viewer) {
  return { userId: id, tokenHash: session.tokenHash };
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

export const headers: HeadersFunction = ({ actionHeaders }) => actionHeaders;

export { RouteError as ErrorBoundary } from "#app/ui/page/route-error.tsx";

export default function Account() {
  const { name, email, role, companyName, notice, ...own } = useLoaderData<typeof loader>();
  const error = useActionData<typeof action>()?.error;
  return (
    <main className="mx-auto flex max-w-3xl flex-col gap-6 px-4 py-3">
      <header>
        <Link to="/conversations" className="quiet -mx-2">
          Back to the conversations
        </Link>
        <h1 className="title mt-2">Your account</h1>
        <p className="muted wrap-anywhere">
          <bdi>{name}</bdi>, {email}, <bdi>{companyName}</bdi>
        </p>
      </header>
      {notice && !error && (
        <p role="status" className="strong">
          {notice}
        </p>
      )}
      {role === "admin" && (
        <nav aria-label="Administration" className="-mx-2 flex flex-wrap">
          <a href="/admin/numbers" className="quiet">
            Numbers
          </a>
          <a href="/admin/people" className="quiet">
            People
          </a>
          <a href="/admin/audit" className="quiet">
            Audit log
          </a>
        </nav>
      )}
      <OwnSessions {...own} />
      <ChangePasswordForm email={email} error={error} />
    </main>
  );
}
