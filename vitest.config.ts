import { configDefaults, defineConfig } from "vitest/config";
import { canRunPostgres } from "#db/testing/server.ts";

/** On both engines. */
const DATABASE = "**/*.db.test.ts";
/** What the embedded engine doesn't have, such as logins. */
const POSTGRES = "**/*.postgres.test.ts";
/** The built app over its own network interface. What it shows is the same on both engines… */
const BUILT = "tests/**/*.built.test.ts";
/** …but here. */
const BUILT_ON_BOTH = "tests/server/database/*.built.test.ts";
/**
 * A thousand unread streams take all the memory that the kernel has for TCP (net.ipv4.tcp_mem).
 * Until they are gone, it resets every connection of the machine that is closed before its last
 * bytes have arrived: whatever else ran would lose the ends of its answers.
 */
const NEEDS_THE_MACHINE = "tests/server/media/stalled-clients.built.test.ts";

const exclude = [...configDefaults.exclude, "build/**"];
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
const onPostgresSeeded = {
  setupFiles: [...onPostgres.setupFiles, "tests/support/app/seeded.setup.ts"],
  globalSetup: [...onPostgres.globalSetup, "tests/support/app/seeded.global.ts"],
};
const onEither = withPostgres ? onPostgres : onEmbedded;

function project(name: string, test: object) {
  return { extends: true as const, test: { name, exclude, ...test } };
}

export default defineConfig({
  // Without React's development runtime, which isn't there for files of a process whose first one
  // had NODE_ENV=production when it loaded React.
  esbuild: { jsx: "automatic", jsxDev: false },
  test: {
    pool: "forks",
    // One more than two cores have work for: many tests wait, for a server or for a time.
    maxWorkers: 3,
    // Far limits that show a hang: a machine may be busy.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 30_000 } },
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
      // To start a process for each file and load packages into it would take most of the time.
      // Files with databases evaluate our own modules anew (db/testing/fresh-modules.ts); without
      // there is no state to keep apart.
      project("unit", {
        isolate: false,
        include: ["**/*.test.ts"],
        exclude: [...exclude, DATABASE, POSTGRES, BUILT],
        ...withoutDatabase,
      }),
      project("dom", {
        isolate: false,
        include: ["**/*.test.tsx"],
        environment: "happy-dom",
        setupFiles: [...withoutDatabase.setupFiles, "app/ui/testing/patience.setup.ts"],
      }),
      project("embedded", {
        isolate: false,
        include: [DATABASE],
        ...onEmbedded,
        globalSetup: [
          ...onEmbedded.globalSetup,
          ...(withPostgres ? [] : ["db/testing/postgres-skipped.global.ts"]),
        ],
      }),
      project("built", {
        include: [BUILT],
        exclude: [...exclude, NEEDS_THE_MACHINE],
        ...(withPostgres ? onPostgresSeeded : onEmbedded),
      }),
      project("built-alone", {
        include: [NEEDS_THE_MACHINE],
        // After all other projects.
        sequence: { groupOrder: 1 },
        ...onEither,
      }),
      ...(withPostgres
        ? [
            project("postgres", { isolate: false, include: [DATABASE, POSTGRES], ...onPostgres }),
            project("built-embedded", { include: [BUILT_ON_BOTH], ...onEmbedded }),
          ]
        : []),
    ],
  },
});
