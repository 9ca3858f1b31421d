import type { LastMessage } from "#app/models/inbox/conversation-list.server.ts";
import { mediaKindOf } from "#app/models/message-kind.ts";
import { markOf } from "../message/delivery-mark.tsx";
import { REVOKED, typeName } from "../message/message-words.ts";

/** The newest message of a conversation in one line: who, what kind, what it says. */
export function LastLine({ message }: { message: LastMessage }) {
  const { direction, senderName, status } = message;
  const author = direction === "outbound" ? "You" : senderName;
  const mark = direction === "outbound" && status !== null ? markOf(status) : undefined;
  return (
    <>
      {mark?.isUnsent && (
        <span className="failed strong">
          <span className={`icon ${mark.icon}`} aria-hidden="true" /> {mark.words}{" "}
        </span>
      )}
      {author && (
        <>
          <bdi>{author}</bdi>:{" "}
        </>
      )}
      <Said message={message} />
    </>
  );
}

function Said({
  message: { type, mediaVoice, mediaFilename, text, revoked },
}: {
  message: LastMessage;
}) {
  if (revoked) return <i>{REVOKED}</i>;
  const kind = mediaKindOf(type);
  if (!kind) return <bdi>{text || typeName(type, mediaVoice)}</bdi>;
  const words = text || mediaFilename;
  return (
    <>
      <span className={`icon icon-${kind}`} aria-hidden="true" /> {typeName(type, mediaVoice)}
      {words && (
        <>
          {" · "}
          <bdi>{words}</bdi>
        </>
      )}
    </>
  );
}
