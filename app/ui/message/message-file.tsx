import { MediaPlaceholder, type PlacedFile } from "../tile/media-placeholder.tsx";
import { timeOfDay } from "../words/dates.ts";
import { authorName } from "./author-name.ts";
import type { MessageProps } from "./message.tsx";

/** A file of a message: its own, or one of a form. */
export function MessageFile(props: Omit<MessageProps, "onPage"> & { file: PlacedFile }) {
  const { message, file, contactName, now, timeZone, links, reveal } = props;
  const author = message.direction === "outbound" ? "you" : authorName(message, contactName);
  const isRevealed = reveal?.messageId === file.id && reveal.mediaId === file.mediaId;
  return (
    <MediaPlaceholder
      message={file}
      origin={`${author}, ${timeOfDay(message.sentAt, timeZone)}`}
      now={now}
      links={links}
      revealed={isRevealed ? reveal : undefined}
      isFramed={props.isShownWithAlbum ?? false}
    />
  );
}
