import type { users } from "#db/schema.ts";

/** What a person may do: an agent sees their numbers, an admin all of them, and keeps people and numbers. */
export type Role = (typeof users.$inferSelect)["role"];
