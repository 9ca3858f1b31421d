/** Whom every connection speaks as. It owns nothing; row-level security lets it see one company at a time. */
export const APP_ROLE = "tapview_app";

/** What needs rows before a company is known, or of all: each a role of its own, which may do little else. */
export type Duty = "sign_in" | "webhook" | "maintenance" | "setup";

/** SQL that makes a transaction one company's. @throws when it is no id */
export function companySetting(companyId: number): string {
  if (!Number.isSafeInteger(companyId)) throw new TypeError("A company's id is a whole number.");
  return `set local tapview.company_id = '${companyId}'`;
}

/** SQL that gives a transaction the role of a duty. */
export function dutySetting(duty: Duty): string {
  return `set local role tapview_${duty}`;
}

/** SQL that gives a transaction the role of whoever opened the database. */
export const OWNER_SETTING = "set local role none";
