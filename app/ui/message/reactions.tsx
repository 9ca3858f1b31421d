import type { Reaction } from "#app/models/message-response.ts";
import { authorName } from "./author-name.ts";

export function Reactions(props: { reactions: Reaction[]; contactName: string }) {
  return (
    <ul className="flex flex-wrap gap-1" aria-label="Reactions">
      {props.reactions.map(({ emoji, from }) => {
        const names = from.map((author) => authorName(author, props.contactName)).join(", ");
        return (
          <li
            key={emoji}
            title={names}
            className="flex gap-1 rounded-full border border-slate-300 bg-white px-2 py-0.5 text-sm dark:border-slate-600 dark:bg-slate-900"
          >
            <bdi className="inline-block max-w-24 truncate">{emoji}</bdi>
            {from.length > 1 && <span aria-hidden="true">{from.length}</span>}
            <span className="sr-only"> from {names}</span>
          </li>
        );
      })}
    </ul>
  );
}
