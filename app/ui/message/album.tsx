import type { MessageResponse } from "#app/models/messages/message-response.ts";
import { Heading } from "./heading.tsx";
import type { MessageProps } from "./message.tsx";
import { MessageParts } from "./message-parts.tsx";
import { Reactions } from "./reactions.tsx";

/** Pictures that came together, in one bubble; each stays a message of its own. */
export function Album({
  messages,
  first,
  ...rest
}: Omit<MessageProps, "message"> & { messages: MessageResponse[]; first: MessageResponse }) {
  return (
    <article className="bubble">
      <Heading message={first} {...rest} />
      <ul className="album">
        {messages.map((message) => (
          <li key={message.id} id={`m-${message.id}`}>
            <MessageParts message={message} {...rest} />
            {message.reactions.length > 0 && (
              <Reactions reactions={message.reactions} contactName={rest.contactName} />
            )}
          </li>
        ))}
      </ul>
    </article>
  );
}
