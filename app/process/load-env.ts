/**
 * Reads `.env` in the working directory, if there is one; what is already set wins. To be called
 * before the app's modules load, because they read the environment while they do.
 */
export function loadEnv(): void {
  try {
    process.loadEnvFile();
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
  }
  // As remix-serve does: what was built runs in production unless told otherwise.
  process.env.NODE_ENV ||= "production";
}
