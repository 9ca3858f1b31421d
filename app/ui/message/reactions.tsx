import type { Reaction } from "#app/models/messages/message-response.ts";
import { authorName } from "./author-name.ts";

export function Reactions(props: { reactions: Reaction[]; contactName: string }) {
  return (
    <ul className="reactions" aria-label="Reactions">
      {props.reactions.map(({ emoji, from }) => {
        const names = from.map((author) => authorName(author, props.contactName)).join(", ");
        return (
          <li key={emoji} title={names}>
            <bdi>{emoji}</bdi>
            {from.length > 1 && <span aria-hidden="true">{from.length}</span>}
            <span className="sr-only">{` from ${names}`}</span>
          </li>
        );
      })}
    </ul>
  );
}
