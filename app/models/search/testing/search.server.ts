import { expect } from "vitest";
import type { addInbox } from "#tests/support/rows.server.ts";
import { searchInbox } from "../search.server.ts";
import { searchWords } from "../search-words.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

/** A time so many days after a fixed one. */
export const daysLater = (days: number) => new Date(Date.UTC(2026, 4, 1, 12) + days * DAY_MS);

export type Inbox = Awaited<ReturnType<typeof addInbox>>;

/** For tests: what somebody who may see all of an inbox finds. */
export async function search({ scope, account }: Pick<Inbox, "scope" | "account">, typed: string) {
  const words = searchWords(typed);
  if (!words) throw new Error("Nothing was typed.");
  const numbers = { all: [account.id], listed: [account.id], isWholeCompany: true };
  const whole = await searchInbox(scope, numbers, words);
  // Both ways to the same rows must lead to the same.
  expect(await searchInbox(scope, { ...numbers, isWholeCompany: false }, words)).toEqual(whole);
  return whole;
}
