import type { roles } from "#db/schema/roles.ts";

export type Role = (typeof roles)[number];

/** Who asks: an admin reaches every account of the company, an agent those they are a member of. */
export interface Reader {
  id: number;
  role: Role;
}
