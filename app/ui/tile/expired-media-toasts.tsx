import { Link, useLocation } from "@remix-run/react";
import { useEffect, useState } from "react";
import { type ExpiredMedia, onExpiredMedia } from "./expired-media.ts";

const MAX_TOASTS = 3;

/** Says, over whatever the person is doing, that a file they asked for is gone, and offers a way on. */
export function ExpiredMediaToasts() {
  const { pathname } = useLocation();
  const [expired, setExpired] = useState<ExpiredMedia[]>([]);
  const dismiss = (messageId: number) => setExpired((all) => without(all, messageId));

  useEffect(
    () =>
      onExpiredMedia((media) => {
        setExpired((all) => [...without(all, media.messageId), media].slice(-MAX_TOASTS));
      }),
    [],
  );

  const isEmpty = expired.length === 0;
  useEffect(() => {
    if (isEmpty) return;
    const onKeyDown = ({ key, defaultPrevented }: KeyboardEvent) => {
      if (key === "Escape" && !defaultPrevented) setExpired([]);
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [isEmpty]);

  // Another conversation has no use for it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is what the effect is about
  useEffect(() => setExpired([]), [pathname]);

  return (
    <div className="fixed inset-x-3 top-3 z-10 mx-auto flex max-w-md flex-col gap-2">
      {expired.map(({ messageId, name, origin, isInbound }) => (
        <div key={messageId} role="alert" className="toast">
          <p className="wrap-anywhere">
            WhatsApp no longer has <bdi>{name}</bdi> from <bdi>{origin}</bdi>.
          </p>
          <p className="flex flex-wrap gap-3">
            {isInbound && (
              <Link
                className="quiet"
                to={`${pathname}?reply=${messageId}&ask=1#composer`}
                preventScrollReset
                onClick={() => dismiss(messageId)}
              >
                Ask to send it again
              </Link>
            )}
            <button type="button" className="quiet" onClick={() => dismiss(messageId)}>
              Dismiss
            </button>
          </p>
        </div>
      ))}
    </div>
  );
}

function without(all: readonly ExpiredMedia[], messageId: number): ExpiredMedia[] {
  return all.filter((media) => media.messageId !== messageId);
}
