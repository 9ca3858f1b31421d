export type Side = "A" | "B";

/** Ids that only one of the two companies has. All others are the same in both. */
export const ONLY = { A: 91, B: 92 } as const;
export const COMPANY = { A: 101, B: 102 } as const;
export const otherSide = (side: Side): Side => (side === "A" ? "B" : "A");

const HOUR_MS = 3_600_000;
/** All times lie at least a day from it: what a function writes as the time of now can be told from them. */
export const NOW = new Date();
export const hoursAgo = (hours: number) => new Date(NOW.getTime() - hours * HOUR_MS);

/** One of the two values that are unique in the installation, and so can't be the same in both. */
export const phoneNumberIdOf = (side: Side, account: number) => `1065403523${account}${side}`;
/** The other. */
export const emailOf = (side: Side, user: number) => `person${user}@${side.toLowerCase()}.test`;

/** Keys of messages that WhatsApp has not taken yet: one that failed, one under way too long, one that it has. */
export const KEYS = {
  failed: "00000000-0000-4000-8000-000000000001",
  overdue: "00000000-0000-4000-8000-000000000002",
  echoed: "00000000-0000-4000-8000-000000000003",
  accepted: "00000000-0000-4000-8000-000000000004",
  toUser: "00000000-0000-4000-8000-000000000005",
  toGroup: "00000000-0000-4000-8000-000000000006",
};

/** What a company alone has of messages: a text with the id ONLY + this, and a file that much further. */
export const OWN_MESSAGE = 100;
