import type { OwnSession } from "#app/models/sessions/own-sessions.server.ts";
import { PostForm } from "../page/post-form.tsx";
import { browserName } from "../words/browser-name.ts";
import { moment } from "../words/dates.ts";

/** Where a person is signed in, with ways to end that. */
export function OwnSessions(props: { sessions: OwnSession[]; now: Date; timeZone: string }) {
  const { sessions, ...clock } = props;
  return (
    <section aria-labelledby="sessions" className="flex flex-col gap-3">
      <h2 id="sessions" className="strong">
        Where you are signed in
      </h2>
      <ul className="flex flex-col gap-3">
        {sessions.map((session) => (
          <OwnSessionLine key={session.id} {...session} {...clock} />
        ))}
      </ul>
      {sessions.length > 1 && (
        <PostForm>
          <button type="submit" name="intent" value="end-others" className="quiet -mx-2">
            End all other sessions
          </button>
        </PostForm>
      )}
    </section>
  );
}

function OwnSessionLine(props: OwnSession & { now: Date; timeZone: string }) {
  const { id, isCurrent, userAgent, address, createdAt, lastUsedAt, now, timeZone } = props;
  const place = address ? ` at ${address}` : "";
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-3">
      <div className="min-w-0">
        <p className="wrap-anywhere">
          <bdi>{browserName(userAgent)}</bdi>
          {place}
          {isCurrent && <span className="strong"> · this browser</span>}
        </p>
        <p className="muted text-sm">
          Signed in {moment(createdAt, now, timeZone)}, last used{" "}
          {moment(lastUsedAt, now, timeZone)}
        </p>
      </div>
      {!isCurrent && (
        <PostForm>
          <input type="hidden" name="session" value={id} />
          <button type="submit" name="intent" value="end" className="quiet -mx-2">
            End this session
          </button>
        </PostForm>
      )}
    </li>
  );
}
