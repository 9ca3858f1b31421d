/*
 * Every tenant table's keys begin with company_id: a foreign key can't cross companies, and a
 * distributed PostgreSQL can shard by company. Exceptions: an e-mail address and a
 * phone_number_id are unique in the whole installation, because they are how a company is found.
 */
export * from "#db/schema/audit.ts";
export * from "#db/schema/companies.ts";
export * from "#db/schema/conversations.ts";
export * from "#db/schema/message-files.ts";
export * from "#db/schema/messages.ts";
export * from "#db/schema/quarantine.ts";
export * from "#db/schema/rate-limits.ts";
