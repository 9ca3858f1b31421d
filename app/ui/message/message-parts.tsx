import type { MessageResponse } from "#app/models/messages/message-response.ts";
import { kindName } from "../words/media-words.ts";
import { ClockTime } from "./clock-time.tsx";
import { DeliveryMark } from "./delivery-mark.tsx";
import { receiveFailureWords } from "./failure-words.ts";
import type { MessageProps } from "./message.tsx";
import { MessageContent } from "./message-content.tsx";
import { MessageFile } from "./message-file.tsx";
import { UnsentNotice } from "./unsent-notice.tsx";

/** A message's file and words, when it was sent, and how far it got. */
export function MessageParts(props: MessageProps) {
  const { message, timeZone, links } = props;
  const { delivery } = message;
  const canBeQuoted = !message.isLocal && message.revokedAt === null;
  return (
    <>
      <File {...props} />
      <MessageContent {...props} />
      <Problem message={message} />
      <p className="meta">
        {message.editedAt && !message.revokedAt && <span>Edited</span>}
        <ClockTime at={message.sentAt} timeZone={timeZone} />
        {delivery && <DeliveryMark delivery={delivery} />}
        {canBeQuoted && (
          <a className="reply" href={links.reply(message.id)} target={links.target}>
            Reply
          </a>
        )}
      </p>
      {delivery && <UnsentNotice {...{ message, delivery, links }} />}
    </>
  );
}

function File(props: MessageProps) {
  const { message } = props;
  const { mediaKind } = message;
  if (!mediaKind || isUndeliverable(message)) return null;
  return <MessageFile {...props} file={{ ...message, mediaKind }} />;
}

/**
 * WhatsApp has said why the file can't be had, which is told in the tile's place. What it says of
 * our own messages is why they were not sent: their files can be there.
 */
function isUndeliverable({ problem, mediaId, direction }: MessageResponse): boolean {
  return problem !== null && (mediaId === null || direction === "inbound");
}

function Problem({ message }: { message: MessageResponse }) {
  const { problem, mediaKind, mediaVoice } = message;
  if (!problem) return null;
  return (
    <p className="muted text-sm italic wrap-anywhere">
      {mediaKind && `${kindName(mediaKind, mediaVoice)}: `}
      {receiveFailureWords(problem)}
    </p>
  );
}
