import type { RefusedAccount } from "#app/models/numbers/reachable-accounts.server.ts";
import { moment } from "../words/dates.ts";

/** With one token for all numbers, all are refused at once. */
const NAMED = 3;

export interface RefusedTokensProps {
  accounts: RefusedAccount[];
  /** The server's clock when the page was written. */
  now: Date;
  timeZone: string;
}

/** Tells an admin which numbers' access tokens WhatsApp refuses, and what to do. */
export function RefusedTokens({ accounts, ...clock }: RefusedTokensProps) {
  if (accounts.length === 0) return null;
  const more = accounts.length - NAMED;
  return (
    <div role="status" className="notice">
      <div className="flex max-w-3xl flex-col gap-2 wrap-anywhere">
        {accounts.slice(0, NAMED).map((account) => (
          <RefusedToken key={account.phoneNumberId} account={account} {...clock} />
        ))}
        {more > 0 && (
          <p className="strong">
            The same is true of {more} more {more === 1 ? "number" : "numbers"}.
          </p>
        )}
        <p>
          A number without a variable of its own uses <code>WHATSAPP_ACCESS_TOKEN</code>. Restart
          the server after the change; a token that is read from a file needs no restart. This
          notice goes when the next file opens.
        </p>
      </div>
    </div>
  );
}

function RefusedToken(props: { account: RefusedAccount } & Omit<RefusedTokensProps, "accounts">) {
  const { name, since, reason, phoneNumberId } = props.account;
  return (
    <div>
      <p className="strong">
        WhatsApp refuses the access token of <bdi>{name}</bdi> since{" "}
        <time dateTime={since.toISOString()}>{moment(since, props.now, props.timeZone)}</time>. Its
        files can't be opened until the token is replaced.
      </p>
      <p>
        Put a new one into <code>WHATSAPP_ACCESS_TOKEN_{phoneNumberId}</code>.
        {reason && ` WhatsApp's answer: ${reason}.`}
      </p>
    </div>
  );
}
