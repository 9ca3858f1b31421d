import type { Role } from "../role.ts";
/** Who asks: an admin reaches every account of the company, an agent those they are a member of. */
export interface Reader {
  id: number;
  role: Role;
}
