import { Link } from "@remix-run/react";
import type { UnopenedFile } from "#app/models/inbox/unopened-files.server.ts";
import { moment } from "../words/dates.ts";
import { kindName } from "../words/media-words.ts";
import { formFileId } from "../words/thread-links.ts";
import { timeLeft } from "../words/time-left.ts";

interface Clock {
  /** The server's, when the page was written. */
  now: Date;
  timeZone: string;
}

/** Links that narrow the files to one of our numbers. @param current null while all are shown */
export function AccountFilter(props: {
  accounts: { id: number; name: string }[];
  current: number | null;
}) {
  const { accounts, current } = props;
  return (
    <nav aria-label="Numbers" className="flex flex-wrap gap-1 px-4">
      <Choice to="/expiring" chosen={current === null}>
        All numbers
      </Choice>
      {accounts.map(({ id, name }) => (
        <Choice key={id} to={`/expiring?account=${id}`} chosen={id === current}>
          <bdi>{name}</bdi>
        </Choice>
      ))}
    </nav>
  );
}

function Choice(props: { to: string; chosen: boolean; children: React.ReactNode }) {
  return (
    <Link to={props.to} aria-current={props.chosen ? "page" : undefined} className="chip">
      {props.children}
    </Link>
  );
}

/** Files as lines, each a link to its message. */
export function UnopenedFiles({ files, ...clock }: { files: UnopenedFile[] } & Clock) {
  return (
    <ul>
      {files.map((file) => (
        <li key={`${file.messageId}-${file.position}`}>
          <FileLine file={file} {...clock} />
        </li>
      ))}
    </ul>
  );
}

function FileLine({ file, now, timeZone }: { file: UnopenedFile } & Clock) {
  const kind = kindName(file.kind, file.voice);
  const name = file.filename ?? file.caption;
  const { messageId, position } = file;
  const place = position === 0 ? `m-${messageId}` : formFileId(messageId, position);
  return (
    <Link
      to={`/conversations/${file.conversationId}?around=${messageId}#${place}`}
      className="flex items-center gap-3 rule-b px-4 py-3 hover:bg-hover"
    >
      <span className={`glyph icon-${file.kind}`} aria-hidden="true" />
      <span className="min-w-0 flex-1">
        <span className="block truncate">
          {kind}
          {name && (
            <>
              {": "}
              <bdi>{name}</bdi>
            </>
          )}
        </span>{" "}
        <span className="muted block text-sm wrap-anywhere">
          <bdi>{file.contactName}</bdi>,{" "}
          <time dateTime={file.receivedAt.toISOString()}>
            {moment(file.receivedAt, now, timeZone)}
          </time>{" "}
          · <bdi>{file.accountName}</bdi>
        </span>
      </span>{" "}
      <TimeLeft until={file.expiresAt} now={now} />
    </Link>
  );
}

function TimeLeft({ until, now }: { until: Date; now: Date }) {
  const left = timeLeft(until, now.getTime());
  return (
    <time dateTime={until.toISOString()} className="max-w-24 shrink-0 text-right text-sm">
      {left?.soon ? <strong className="failed">{left.words}</strong> : (left?.words ?? "expired")}
    </time>
  );
}
