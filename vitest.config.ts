import { configDefaults, defineConfig } from "vitest/config";
import { canRunPostgres } from "./db/testing/server.ts";

const NEEDS_DATABASE = ["**/*.{db,built}.test.ts"];
/** What they show has nothing to do with the database: one engine is enough. */
const ABOUT_THE_WIRE = [
  "app/media/{bytes,fault-schedules,hostile-*,stalled-clients}.built.test.ts",
  "app/auth/form-token.built.test.ts",
  "app/handoff.built.test.ts",
  // The embedded database's own listener has tests of its own, and the browser tests run on it.
  "app/live/events.built.test.ts",
  "app/sending/upload.built.test.ts",
  "app/ui/page-weight.built.test.ts",
];
const exclude = [...configDefaults.exclude, "build/**"];
/** These start databases and servers, on machines that may be busy. */
const testTimeout = 60_000;
const withPostgres = canRunPostgres();

export default defineConfig({
  test: {
    pool: "forks",
    maxWorkers: 2,
    testTimeout: 20_000,
    hookTimeout: 60_000,
    env: {
      NODE_ENV: "test",
      SESSION_SECRET: "test-session-secret-test-session-secret",
      WHATSAPP_APP_SECRET: "test-app-secret",
      WHATSAPP_VERIFY_TOKEN: "test-verify-token",
      WHATSAPP_ACCESS_TOKEN: "test-access-token",
      LOG_LEVEL: "silent",
      DATA_DIR: "memory://",
    },
    unstubGlobals: true,
    unstubEnvs: true,
    restoreMocks: true,
    projects: [
      // Without databases there is no state to keep apart, and loading the modules anew for each
      // file would take most of the time.
      {
        extends: true,
        test: {
          name: "unit",
          isolate: false,
          include: ["**/*.test.ts"],
          exclude: [...exclude, ...NEEDS_DATABASE],
          setupFiles: ["db/testing/embedded.setup.ts"],
        },
      },
      {
        extends: true,
        test: {
          name: "dom",
          isolate: false,
          include: ["**/*.test.tsx"],
          exclude,
          environment: "happy-dom",
          setupFiles: ["db/testing/embedded.setup.ts"],
        },
      },
      {
        extends: true,
        test: {
          name: "embedded",
          include: NEEDS_DATABASE,
          exclude: withPostgres ? [...exclude, ...ABOUT_THE_WIRE] : exclude,
          testTimeout,
          setupFiles: ["db/testing/embedded.setup.ts"],
          globalSetup: withPostgres ? [] : ["db/testing/postgres-skipped.global.ts"],
        },
      },
      ...(withPostgres
        ? [
            {
              extends: true as const,
              test: {
                name: "postgres",
                include: NEEDS_DATABASE,
                exclude,
                testTimeout,
                setupFiles: ["db/testing/postgres.setup.ts"],
                globalSetup: ["db/testing/postgres.global.ts"],
              },
            },
          ]
        : []),
    ],
  },
});
