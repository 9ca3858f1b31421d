import { z } from "zod";

/** Connections to PostgreSQL that a process has at most. */
export const POOL_SIZE = 16;

/** DATABASE_URL selects PostgreSQL; without it the embedded database lives in DATA_DIR. */
export const databaseVariables = z.object({
  DATABASE_URL: z
    .url({
      protocol: /^postgres(ql)?$/,
      error: "must look like postgres://user:password@host:5432/name, or be unset",
    })
    .optional(),
  DATA_DIR: z.string().min(1).default(".data"),
});

type Variables = Record<string, string | undefined>;

export type DatabaseConfig = z.infer<typeof databaseVariables>;

/** The environment without its empty variables: `NAME=` in a file or a unit means "not set". */
export function withoutEmpty(source: Variables): Variables {
  return Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ""));
}
