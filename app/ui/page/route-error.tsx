import { isRouteErrorResponse, useRevalidator, useRouteError } from "@remix-run/react";
import { useEffect } from "react";
import { ConnectionLostError } from "#app/live/patient-loader.ts";
import { ErrorPage } from "./error-page.tsx";
import { useIsOnline } from "./offline-banner.tsx";

/** In the place of a page that can't be shown: one sentence and a way on. */
export function RouteError() {
  const error = useRouteError();
  if (error instanceof ConnectionLostError) return <ConnectionLost />;
  return <ErrorPage status={isRouteErrorResponse(error) ? error.status : 500} />;
}

function ConnectionLost() {
  const { state, revalidate } = useRevalidator();
  const isOnline = useIsOnline();

  useEffect(() => {
    window.addEventListener("online", revalidate);
    return () => window.removeEventListener("online", revalidate);
  }, [revalidate]);

  return (
    <main className="mx-auto flex min-h-full max-w-sm flex-col justify-center gap-4 px-5 py-10">
      <title>Not loaded · Tapview</title>
      <h1 className="title">This page was not loaded</h1>
      <p role="status">
        {state === "loading"
          ? "Trying again…"
          : isOnline
            ? "The server can't be reached just now."
            : "You are offline. It is loaded when the connection is back."}
      </p>
      <button type="button" className="button self-start" onClick={() => revalidate()}>
        Try again
      </button>
      <a className="quiet -ml-2 self-start" href="/conversations">
        Go to the conversations
      </a>
    </main>
  );
}
