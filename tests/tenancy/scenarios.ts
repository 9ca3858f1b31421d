import { accounts } from "./accounts.ts";
import { contacts } from "./contacts.ts";
import { conversations } from "./conversations.ts";
import { people } from "./people.ts";
import { receiving } from "./receiving.ts";
import type { Scenario } from "./scenario.ts";
import { sending } from "./sending.ts";
import { sessions } from "./sessions.ts";

/** By the name of the model function. */
export const SCENARIOS: Readonly<Record<string, Scenario>> = {
  ...accounts,
  ...people,
  ...sessions,
  ...conversations,
  ...receiving,
  ...contacts,
  ...sending,
};

/**
 * Model functions that ask the database without a company, each with its reason. What they may see
 * is their role's, and tested in db/row-level-security.db.test.ts.
 */
export const WITHOUT_COMPANY: Readonly<Record<string, string>> = {
  findCredentials: "sign-in: the e-mail address that was typed is how the company is found",
  findCompanyOfNumber: "webhooks: the number that one names is how the company is found",
  enterCompany: "goes on in a company that a duty has found or made",
  hasCompany: "setup: whether there is a company at all",
  listCompanies: "setup: the server's shell works for all companies",
  findCompanies: "setup: the server's shell calls a company by its name",
  createCompany: "setup: makes the company",
  quarantine: "webhooks: what is quarantined belongs to no company",
  countQuarantined: "webhooks: what is quarantined belongs to no company",
  quarantinedIds: "webhooks: what is quarantined belongs to no company",
  takeQuarantined: "webhooks: what is quarantined belongs to no company",
  backdateQuarantined: "webhooks: what is quarantined belongs to no company",
  statusesWithoutMessage: "maintenance: rows are out of date whose ever they are",
  deleteExpired: "maintenance: rows are out of date whose ever they are",
};
