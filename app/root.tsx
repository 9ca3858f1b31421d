import type { LinksFunction } from "@remix-run/node";
import { Links, Meta, Outlet } from "@remix-run/react";
import { type ReactNode, useContext } from "react";
import { ASK_FOR_HANDOFF } from "#app/http/handoff.ts";
import { PageScripts } from "#app/remix/page-scripts.tsx";
import { ScrollRestorationOr } from "#app/remix/scroll-restoration.tsx";
import { ServerRender } from "#app/ui/page/server-render.ts";
import stylesheet from "./app.css?url";

export const links: LinksFunction = () => [
  { rel: "stylesheet", href: stylesheet },
  { rel: "icon", href: "/favicon.svg", type: "image/svg+xml" },
];

export function Layout({ children }: { children: ReactNode }) {
  const { nonce, lite, asksForHandoff } = useContext(ServerRender);
  return (
    <html lang="en" className={lite && "lite"}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <Meta />
        <Links />
      </head>
      <body>
        {children}
        {!lite && (
          <>
            {/* Where no script ran, none kept a position. */}
            <ScrollRestorationOr
              nonce={nonce}
              script={asksForHandoff ? ASK_FOR_HANDOFF : undefined}
            />
            <PageScripts nonce={nonce} />
          </>
        )}
      </body>
    </html>
  );
}

export default function App() {
  return <Outlet />;
}

export { RouteError as ErrorBoundary } from "#app/ui/page/route-error.tsx";
