import { isRouteErrorResponse, Link, NavLink, Outlet, useRouteError } from "@remix-run/react";
import { ADMIN_SECTIONS } from "#app/ui/admin/admin-sections.ts";
import { ErrorPage } from "#app/ui/page/error-page.tsx";
import { RouteError } from "#app/ui/page/route-error.tsx";

/** Forms and links, which need no script. */
export const handle = { scriptless: true };

/** What the pages of administration share. Each asks for itself who may see it. */
export default function Admin() {
  return (
    <main className="mx-auto flex max-w-3xl flex-col gap-3 py-3">
      <header className="px-4">
        <Link to="/conversations" className="quiet -mx-2">
          Back to the conversations
        </Link>
      </header>
      <nav aria-label="Administration" className="flex flex-wrap gap-1 px-4">
        {ADMIN_SECTIONS.map(({ path, title }) => (
          <NavLink key={path} to={path} className="chip">
            {title}
          </NavLink>
        ))}
      </nav>
      <Outlet />
    </main>
  );
}

export function ErrorBoundary() {
  const error = useRouteError();
  const isForbidden = isRouteErrorResponse(error) && error.status === 403;
  if (!isForbidden) return <RouteError />;
  return <ErrorPage title="Not for you" sentence="Only admins of your company can do this." />;
}
