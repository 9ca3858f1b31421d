import type { Quote } from "#app/models/message-response.ts";
import { authorName } from "./author-name.ts";
import { quoteWords } from "./message-words.ts";

/** What a message answers. A link to it where it is on the same page. */
export function QuoteBlock(props: {
  quote: Quote;
  contactName: string;
  onPage: ReadonlySet<number>;
}) {
  const { quote, contactName } = props;
  const words = (
    <span dir="auto" className="line-clamp-3 wrap-anywhere">
      {quoteWords(quote)}
    </span>
  );
  if (quote.missing) return <div className="inset-box muted text-sm italic">{words}</div>;
  const inside = (
    <>
      <span className="sr-only">In answer to </span>
      <bdi className="block font-semibold">{authorName(quote, contactName)}</bdi> {words}
    </>
  );
  if (!props.onPage.has(quote.messageId)) return <div className="inset-box text-sm">{inside}</div>;
  return (
    <a className="inset-box block text-sm" href={`#m-${quote.messageId}`}>
      {inside}
    </a>
  );
}
