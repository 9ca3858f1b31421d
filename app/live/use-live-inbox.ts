import { useLocation, useNavigate, useRevalidator } from "@remix-run/react";
import { useEffect, useRef } from "react";
import type { InboxEvent } from "./inbox-event.ts";
import { preloadRoute } from "./preload-route.ts";
import { addEvent, isEmpty, nothingToReload, reloadBy } from "./reload-plan.ts";
import { setShown } from "./retrying-loader.ts";
import { subscribeToInbox } from "./shared-event-stream.ts";

const DEBOUNCE_MS = 200;
const HIDDEN_DEBOUNCE_MS = 5_000;

/**
 * Keeps a hydrated page up to date: what the server tells of is loaded again, nothing else. A tab
 * that nobody sees loads its list only, for its title, and the rest when it is seen again.
 *
 * @param list what the list's loader gave
 */
export function useLiveInbox(list: unknown): void {
  const { state, revalidate } = useRevalidator();
  const navigate = useNavigate();
  const location = useLocation();
  const plan = useRef(nothingToReload());
  const timer = useRef<ReturnType<typeof setTimeout>>();

  const reload = useRef(() => {});
  useEffect(() => {
    const { origin } = window.location;
    setShown({ url: origin + location.pathname + location.search, list });
    reload.current = () => {
      if (state !== "idle" || isEmpty(plan.current)) return;
      const due = plan.current;
      plan.current = nothingToReload();
      const search = withoutReveal(location.search);
      reloadBy(due, () =>
        search === location.search
          ? revalidate()
          : navigate({ search, hash: location.hash }, { replace: true, preventScrollReset: true }),
      );
    };
    // What came while a reload was under way.
    if (state === "idle" && !isEmpty(plan.current)) schedule(timer, reload);
  });

  useEffect(() => {
    const resync = () => {
      plan.current.all = true;
      schedule(timer, reload);
    };
    const listener = (event: InboxEvent) => {
      addEvent(plan.current, event);
      schedule(timer, reload);
    };
    preloadRoute("routes/inbox/conversations.$conversationId");
    const leaving = new AbortController();
    const { signal } = leaving;
    let leave = subscribeToInbox(listener);
    window.addEventListener("online", resync, { signal });
    document.addEventListener("visibilitychange", () => isVisible() && resync(), { signal });
    // A page that the browser keeps to go back to must hold neither the stream nor its lock.
    window.addEventListener("pagehide", () => leave(), { signal });
    const comeBack = ({ persisted }: PageTransitionEvent) => {
      if (!persisted) return;
      leave = subscribeToInbox(listener);
      resync();
    };
    window.addEventListener("pageshow", comeBack, { signal });
    return () => {
      leaving.abort();
      clearTimeout(timer.current);
      timer.current = undefined;
      leave();
    };
  }, []);
}

type Timer = { current: ReturnType<typeof setTimeout> | undefined };

function schedule(timer: Timer, reload: { current: () => void }): void {
  if (timer.current && !isVisible()) return;
  clearTimeout(timer.current);
  const run = () => {
    timer.current = undefined;
    reload.current();
  };
  timer.current = setTimeout(run, isVisible() ? DEBOUNCE_MS : HIDDEN_DEBOUNCE_MS);
}

function isVisible(): boolean {
  return document.visibilityState === "visible";
}

/** Loaded again with it, the page would fetch the file from WhatsApp again. What is shown stays shown. */
function withoutReveal(search: string): string {
  const parameters = new URLSearchParams(search);
  if (!parameters.has("reveal")) return search;
  parameters.delete("reveal");
  parameters.delete("file");
  parameters.delete("t");
  const rest = String(parameters);
  return rest && `?${rest}`;
}
