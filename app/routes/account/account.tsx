import type {
  ActionFunctionArgs,
  HeadersFunction,
  LoaderFunctionArgs,
  MetaFunction,
} from "@remix-run/node";
import { Link, useActionData, useLoaderData } from "@remix-run/react";
import { accountAction, accountNotice } from "#app/auth/account-action.server.ts";
import { ownerOf, requireViewer } from "#app/auth/viewer.server.ts";
import { listOwnSessions } from "#app/models/sessions/own-sessions.server.ts";
import { timeZone } from "#app/process/time-zone.server.ts";
import { ChangePasswordForm } from "#app/ui/account/change-password-form.tsx";
import { OwnSessions } from "#app/ui/account/own-sessions.tsx";
import { ADMIN_SECTIONS } from "#app/ui/admin/admin-sections.ts";

export const meta: MetaFunction = () => [{ title: "Your account · Tapview" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request, context);
  const { name, email, role, companyName } = viewer;
  const now = new Date();
  const sessions = await listOwnSessions(viewer.scope, ownerOf(viewer), now);
  const notice = accountNotice(new URL(request.url).searchParams);
  return { name, email, role, companyName, sessions, notice, now, timeZone };
}

export function action({ request, context }: ActionFunctionArgs) {
  return accountAction(request, context);
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
          {ADMIN_SECTIONS.map(({ path, title }) => (
            <a key={path} href={path} className="quiet">
              {title}
            </a>
          ))}
        </nav>
      )}
      <OwnSessions {...own} />
      <ChangePasswordForm email={email} error={error} />
    </main>
  );
}
