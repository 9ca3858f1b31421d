import type { Money } from "#app/models/messages/details/order.ts";

/** "EUR 12.50": the code, because a dollar sign is several countries'. */
export function moneyWords({ amount, currency }: Money): string {
  return formatter(currency).format(amount);
}

/** Making one costs more than the page it is for. Codes are three letters, but a stranger's choice. */
const MAX_MADE = 200;
const made = new Map<string, Intl.NumberFormat>();

function formatter(currency: string): Intl.NumberFormat {
  const known = made.get(currency);
  if (known) return known;
  const style = { style: "currency", currency, currencyDisplay: "code" } as const;
  const formatter = new Intl.NumberFormat("en-GB", style);
  if (made.size < MAX_MADE) made.set(currency, formatter);
  return formatter;
}
