import type { users } from "#db/schema.ts";

/** What a person may do: an agent sees their numbers, an admin all of them, and keeps people and numbers. */
export type Role = (typeof users.$inferSelect)["role"];

/** Who asks: an admin reaches every account of the company, an agent those they are a member of. */
export interface Reader {
  id: number;
  role: Role;
}
