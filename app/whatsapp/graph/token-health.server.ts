import { companyScope } from "#app/auth/company-scope.server.ts";
import { clearRefusedToken, flagRefusedToken } from "#app/models/numbers/account-health.server.ts";
import { log as processLog } from "#app/process/log.server.ts";
import { accountTokenChanges } from "#app/process/metrics.server.ts";

/**
 * How long a process goes by what it has written: another may have written the opposite since. It
 * also bounds what processes with different tokens, in the middle of a rotation, can write.
 */
const TRUSTED_MS = 60_000;

interface AccountKey {
  companyId: number;
  phoneNumberId: string;
}

type Verdict = { state: "refused"; reason: string } | { state: "accepted" };

/** What this process last saw of a number's access token, and what it has written down. */
interface Health {
  verdict: Verdict;
  writing: boolean;
  written?: { state: Verdict["state"]; at: number };
}

/** Writes a verdict down. @returns whether it was not written yet: of several processes, true for one */
type Write<Args extends unknown[]> = (account: AccountKey, ...args: Args) => Promise<boolean>;

export type TokenHealth = ReturnType<typeof createTokenHealth>;

/**
 * Notes for a company's admins when WhatsApp begins to refuse a number's access token, and when it
 * takes it again. Nobody waits for that, and it is written once however many people meet it.
 */
export function createTokenHealth(options: {
  flag: Write<[reason: string]>;
  clear: Write<[]>;
  log?: Pick<typeof processLog, "info" | "warn" | "error">;
  /** In milliseconds. */
  now?: () => number;
}) {
  const { flag, clear, log = processLog, now = Date.now } = options;
  const known = new Map<string, Health>();

  return {
    /**
     * WhatsApp refused a look-up for its token, its permissions or a restriction of the account.
     *
     * @param reason for admins: WhatsApp's answer in a few words; never the token
     */
    refused(account: AccountKey, reason: string): void {
      settle(account, { state: "refused", reason });
    },

    /**
     * WhatsApp took a number's token for a look-up.
     *
     * @param flagged whether it stood as refused when the file was found; then, and where this
     *   process has seen it refused, it is cleared
     */
    accepted(account: AccountKey, flagged: boolean): void {
      const seenRefused = known.get(keyOf(account))?.verdict.state === "refused";
      if (flagged || seenRefused) settle(account, { state: "accepted" });
    },
  };

  function settle(account: AccountKey, verdict: Verdict): void {
    const key = keyOf(account);
    const health = known.get(key) ?? { verdict, writing: false };
    known.set(key, health);
    health.verdict = verdict;
    if (!health.writing && needsWriting(health)) void write(account, health);
  }

  function needsWriting({ verdict, written }: Health): boolean {
    return written?.state !== verdict.state || now() - written.at > TRUSTED_MS;
  }

  /** One write at a time for a number, so that an older verdict never lands on a newer one. */
  async function write(account: AccountKey, health: Health): Promise<void> {
    health.writing = true;
    try {
      do {
        const { verdict } = health;
        const changed =
          verdict.state === "refused" ? await flag(account, verdict.reason) : await clear(account);
        health.written = { state: verdict.state, at: now() };
        if (changed) announce(account, verdict);
      } while (health.written.state !== health.verdict.state);
    } catch (error) {
      delete health.written;
      log.error({ event: "account.token_not_noted", ...idsOf(account), err: error });
    } finally {
      health.writing = false;
    }
  }

  function announce(account: AccountKey, { state, ...reason }: Verdict): void {
    accountTokenChanges.inc({ to: state });
    const entry = { event: `account.token_${state}`, ...idsOf(account), ...reason };
    if (state === "refused") log.warn(entry);
    else log.info(entry);
  }
}

const idsOf = ({ companyId, phoneNumberId }: AccountKey) => ({ companyId, phoneNumberId });

const keyOf = ({ companyId, phoneNumberId }: AccountKey) => `${companyId}/${phoneNumberId}`;

export const tokenHealth = createTokenHealth({
  flag: ({ companyId, phoneNumberId }, reason) =>
    flagRefusedToken(companyScope(companyId), phoneNumberId, reason),
  clear: ({ companyId, phoneNumberId }) =>
    clearRefusedToken(companyScope(companyId), phoneNumberId),
});
