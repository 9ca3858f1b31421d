import { authorName } from "./author-name.ts";
import type { MessageProps } from "./message.tsx";
import { QuoteBlock } from "./quote-block.tsx";
import { ReferralCard } from "./referral-card.tsx";

/** What stands above the words: who wrote it, that it was forwarded, where from, what it answers. */
export function Heading({ message, contactName, onPage, links }: MessageProps) {
  const { forwarded, referral, quoted, senderName, sentByName } = message;
  // Side and colour tell those who see it which of two wrote it; a name tells which of several.
  const isOneOfSeveral = (senderName ?? sentByName) !== null;
  return (
    <>
      <bdi className={isOneOfSeveral ? "author" : "sr-only"}>
        {sentByName ?? authorName(message, contactName)}
      </bdi>
      {forwarded && !message.revokedAt && (
        <p className="muted flex items-center gap-1 text-sm italic">
          <span className="icon icon-forwarded" aria-hidden="true" />
          {forwarded === "often" ? "Forwarded many times" : "Forwarded"}
        </p>
      )}
      {referral && <ReferralCard referral={referral} />}
      {quoted && (
        <QuoteBlock quote={quoted} contactName={contactName} onPage={onPage} links={links} />
      )}
    </>
  );
}
