/** What a person may do: an agent sees their numbers, an admin all of them, and keeps people and numbers. */
export const roles = ["admin", "agent"] as const;
