import { Link } from "@remix-run/react";
import type { AuditEntry, AuditedFile } from "#app/models/audit/audit-log.server.ts";
import { mediaKindOf } from "#app/models/message-kind.ts";
import { day, timeOfDay } from "../words/dates.ts";
import { kindName, sizeWords } from "../words/media-words.ts";

/** An entry, and the words for its kind. */
export type WordedEntry = AuditEntry & { words: string };

/** Who did what, a line each. */
export function AuditList({ entries, timeZone }: { entries: WordedEntry[]; timeZone: string }) {
  return (
    <ol>
      {entries.map((entry) => (
        <li key={`${entry.source} ${entry.id}`} className="rule-b px-4 py-2 wrap-anywhere">
          <AuditLine entry={entry} timeZone={timeZone} />
        </li>
      ))}
    </ol>
  );
}

function AuditLine({ entry, timeZone }: { entry: WordedEntry; timeZone: string }) {
  const { at, actor, subject, account, file, details, address } = entry;
  const changes = details && detailWords(details);
  return (
    <>
      <p>
        <span className="strong">{file ? fileWords(file) : entry.words}</span>
        {subject && subject.id !== actor?.id && (
          <>
            {": "}
            <bdi>{subject.name}</bdi>
          </>
        )}
        {account && (
          <>
            {" · "}
            <bdi>{account.name}</bdi>
          </>
        )}
        {changes && (
          <>
            {" · "}
            <bdi>{changes}</bdi>
          </>
        )}
      </p>
      <p className="muted text-sm">
        <bdi>{actor?.name ?? nobody(entry)}</bdi>,{" "}
        <time dateTime={at.toISOString()}>
          {day(at, timeZone)}, {timeOfDay(at, timeZone)}
        </time>
        {address && ` · from ${address}`}
      </p>
      {file && <FileLine file={file} />}
    </>
  );
}

function FileLine({ file }: { file: NonNullable<AuditEntry["file"]> }) {
  const { messageId, conversationId, mediaId, status, bytes, requests, outcome } = file;
  return (
    <p className="muted text-sm">
      <Link
        to={`/conversations/${conversationId}?around=${messageId}#m-${messageId}`}
        className="link"
      >
        Message {messageId}
      </Link>
      {` · file ${mediaId} · status ${status} · ${sizeWords(bytes)}${requests > 1 ? ` in ${requests} parts` : ""} · ${outcome.replaceAll("-", " ")}`}
    </p>
  );
}

function fileWords({ type, voice, ...view }: NonNullable<AuditEntry["file"]>): string {
  const kind = mediaKindOf(type);
  return `${viewWords(view)}: ${kind ? kindName(kind, voice) : "File"}`;
}

/** A file that came was not always seen, and an entry of before that was noted doesn't tell. */
function viewWords({ seen, bytes, outcome }: Pick<AuditedFile, "seen" | "bytes" | "outcome">) {
  switch (seen) {
    case "likely":
    case "shown":
      return "Viewed";
    case "saved":
      return "Saved";
    case "not-shown":
      return "Delivered, but not shown";
    case null:
      if (bytes === 0) return "Could not view";
      return outcome === "complete" ? "Delivered" : "Delivered in part";
  }
}

/** Who signs in is not signed in yet; all else without a person was done on the server itself. */
function nobody({ kind }: AuditEntry): string {
  return kind.startsWith("session.") ? "Somebody not signed in" : "The server's shell";
}

/** "from agent to admin, reason forgotten" */
function detailWords({ from, to, ...rest }: NonNullable<AuditEntry["details"]>): string {
  const word = (name: string, value: string | number | boolean | null) =>
    `${name} ${value ?? "nothing"}`;
  const change = [
    ...(from === undefined ? [] : [word("from", from)]),
    ...(to === undefined ? [] : [word("to", to)]),
  ].join(" ");
  const others = Object.entries(rest).map(([name, value]) => word(name, value));
  return [change, ...others].filter(Boolean).join(", ");
}
