import { index, integer, pgTable, text, timestamp } from "drizzle-orm/pg-core";

/** How often something was tried, as rate-limiter-flexible keeps it. Belongs to no company: who tries has not signed in. */
export const rateLimits = pgTable(
  "rate_limits",
  {
    key: text().primaryKey(),
    points: integer().notNull(),
    expire: timestamp({ withTimezone: true }),
  },
  (t) => [index("rate_limits_expire_index").on(t.expire)],
);
