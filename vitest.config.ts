import { configDefaults, defineConfig } from "vitest/config";
import { canRunPostgres } from "#db/testing/server.ts";

const NEEDS_DATABASE = ["**/*.{db,built}.test.ts"];
/** What they show has nothing to do with the database: one engine is enough. */
const ABOUT_THE_WIRE = [
  "tests/server/media/{bytes,fault-schedules,hostile-*,streams}.built.test.ts",
  "tests/access/access-matrix.built.test.ts",
  "tests/server/absolute-form.built.test.ts",
  "tests/server/form-token.built.test.ts",
  "tests/server/canaries.built.test.ts",
  "tests/server/handoff.built.test.ts",
  // The embedded database's own listener has tests of its own, and the browser tests run on it.
  "tests/server/events.built.test.ts",
  "tests/server/upload.built.test.ts",
  "tests/server/page-weight.built.test.ts",
];
/** They are about logins, of which the embedded database has none. */
const NEEDS_POSTGRES = ["tests/tenancy/tenancy.db.test.ts", "db/ownership.db.test.ts"];
/**
 * A thousand unread streams take all the memory that the kernel has for TCP (net.ipv4.tcp_mem).
 * Until they are gone, it resets every connection of the machine that is closed before its last
 * bytes have arrived: whatever else ran would lose the ends of its answers.
 */
const NEEDS_THE_MACHINE = ["tests/server/media/stalled-clients.built.test.ts"];
const exclude = [...configDefaults.exclude, "build/**"];
/** These start databases and servers, on machines that may be busy. */
const testTimeout = 60_000;
const withPostgres = canRunPostgres();
const withoutDatabase = { setupFiles: ["db/testing/no-database-url.setup.ts"] };
const onEmbedded = {
  setupFiles: ["db/testing/embedded.setup.ts"],
  globalSetup: ["db/testing/embedded.global.ts"],
};
const onPostgres = {
  setupFiles: ["db/testing/postgres.setup.ts"],
  globalSetup: ["db/testing/postgres.global.ts"],
};

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
          ...withoutDatabase,
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
          ...withoutDatabase,
        },
      },
      {
        extends: true,
        test: {
          name: "embedded",
          include: NEEDS_DATABASE,
          exclude: [
            ...[...exclude, ...NEEDS_THE_MACHINE, ...NEEDS_POSTGRES],
            ...(withPostgres ? ABOUT_THE_WIRE : []),
          ],
          testTimeout,
          // Each file is a process of its own, too short for what V8's second compiler would make
          // of the database's WebAssembly to pay.
          execArgv: ["--liftoff-only"],
          ...onEmbedded,
          globalSetup: [
            ...onEmbedded.globalSetup,
            ...(withPostgres ? [] : ["db/testing/postgres-skipped.global.ts"]),
          ],
        },
      },
      {
        extends: true,
        test: {
          name: "alone",
          include: NEEDS_THE_MACHINE,
          exclude,
          testTimeout,
          ...(withPostgres ? onPostgres : onEmbedded),
          // After all other projects.
          sequence: { groupOrder: 1 },
        },
      },
      ...(withPostgres
        ? [
            {
              extends: true as const,
              test: {
                name: "postgres",
                include: NEEDS_DATABASE,
                exclude: [...exclude, ...NEEDS_THE_MACHINE],
                testTimeout,
                ...onPostgres,
              },
            },
          ]
        : []),
    ],
  },
});
