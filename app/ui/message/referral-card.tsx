import type { Referral } from "#app/models/messages/details/referral.ts";
import { OutsideLink } from "./outside-link.tsx";

const SOURCES = { ad: "From an advertisement", post: "From a post" };

/** Where a customer came from, or what they ask about. */
export function ReferralCard({ referral }: { referral: Referral }) {
  const { source, headline, body, url, product } = referral;
  if (product) {
    return (
      <div className="quote text-sm wrap-anywhere">
        <p className="muted">About a product</p>
        <bdi className="strong">{product}</bdi>
      </div>
    );
  }
  return (
    <div className="quote text-sm wrap-anywhere">
      <p className="muted">{source ? SOURCES[source] : "From a link"}</p>
      {headline && (
        <p dir="auto" className="strong">
          {headline}
        </p>
      )}
      {body && <p dir="auto">{body}</p>}
      {url && <OutsideLink url={url} />}
    </div>
  );
}
