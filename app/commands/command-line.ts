import { loadEnv } from "#app/process/load-env.ts";
import { type DatabaseConfig, databaseVariables, withoutEmpty } from "#db/config.ts";

/**
 * The database that a command works on: from the environment and `.env`, as for the server. Wrong
 * variables end the process with a plain word.
 */
export function configFromCommandLine(): DatabaseConfig {
  loadEnv();
  const parsed = databaseVariables.safeParse(withoutEmpty(process.env));
  if (parsed.success) return parsed.data;
  for (const { path, message } of parsed.error.issues) console.error(`${path} ${message}`);
  process.exit(1);
}
