import { isRouteErrorResponse, useRevalidator, useRouteError } from "@remix-run/react";
import { useEffect } from "react";
import { ConnectionLostError } from "#app/live/retrying-loader.ts";
import { ErrorPage, WayOn } from "./error-page.tsx";
import { useIsOnline } from "./offline-banner.tsx";

/** In the place of a page that can't be shown: one sentence and a way on. */
export function RouteError() {
  const error = useRouteError();
  if (error instanceof ConnectionLostError) return <ConnectionLost />;
  return <ErrorPage {...words(isRouteErrorResponse(error) ? error.status : 500)} />;
}

function words(status: number): { title: string; sentence: string } {
  if (status === 404) return { title: "Not found", sentence: "There is nothing here for you." };
  if (status === 403) {
    return {
      title: "Not for you",
      sentence:
        "You are not a member of the number that this belongs to; an admin of your company can add you.",
    };
  }
  if (status < 500) return { title: "Not possible", sentence: "The request can't be carried out." };
  return {
    title: "Something went wrong",
    sentence: "It is our fault, and it is in the log. Try again in a moment.",
  };
}

function ConnectionLost() {
  const { state, revalidate } = useRevalidator();
  const isOnline = useIsOnline();

  useEffect(() => {
    window.addEventListener("online", revalidate);
    return () => window.removeEventListener("online", revalidate);
  }, [revalidate]);

  return (
    <main className="centred min-h-full gap-4">
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
      <WayOn />
    </main>
  );
}
