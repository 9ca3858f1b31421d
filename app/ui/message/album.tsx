import type { MessageResponse } from "#app/models/messages/message-response.ts";
import { Heading } from "./heading.tsx";
import type { MessageProps } from "./message.tsx";
import { MessageParts } from "./message-parts.tsx";
import { Reactions } from "./reactions.tsx";
import { ShowAll } from "./show-all.tsx";

/**
 * Pictures that came together, in one bubble; each stays a message of its own. A picture alone
 * stands in the same elements, so that what was revealed stays when a second one joins it.
 */
export function Album({
  messages,
  first,
  ...rest
}: Omit<MessageProps, "message"> & { messages: MessageResponse[]; first: MessageResponse }) {
  const isAlone = messages.length === 1;
  const { links } = rest;
  const isShown = messages.some(({ id }) => id === links.shownAlbum);
  const reactionsOf = ({ reactions }: MessageResponse) =>
    reactions.length > 0 && <Reactions reactions={reactions} contactName={rest.contactName} />;
  return (
    <>
      <article className="bubble">
        <Heading message={first} {...rest} />
        <ul className={isAlone ? "alone" : "album"}>
          {messages.map((message) => (
            <li key={message.id} id={isAlone ? undefined : `m-${message.id}`}>
              <MessageParts message={message} {...rest} isShownWithAlbum={isShown} />
              {!isAlone && reactionsOf(message)}
            </li>
          ))}
        </ul>
        {!isAlone && !isShown && <ShowAll href={links.showAll(first.id)} target={links.target} />}
      </article>
      {isAlone && reactionsOf(first)}
    </>
  );
}
