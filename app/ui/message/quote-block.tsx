import type { Quote } from "#app/models/messages/message-response.ts";
import type { ThreadLinks } from "../words/thread-links.ts";
import { authorName } from "./author-name.ts";
import { quoteWords } from "./message-words.ts";

/** What a message answers: a link to it, on this page or on that where it stands. */
export function QuoteBlock(props: {
  quote: Quote;
  contactName: string;
  onPage: ReadonlySet<number>;
  links: ThreadLinks;
}) {
  const { quote, contactName, onPage, links } = props;
  if (quote.missing) return <div className="quote muted italic">{quoteWords(quote)}</div>;
  const { messageId } = quote;
  const way = onPage.has(messageId)
    ? { href: `#m-${messageId}` }
    : { href: links.around(messageId), target: links.target };
  return (
    <a className="quote" {...way}>
      <span className="sr-only">In answer to </span>
      <bdi>{authorName(quote, contactName)}</bdi> <span dir="auto">{quoteWords(quote)}</span>
    </a>
  );
}
