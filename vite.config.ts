import { vitePlugin as remix } from "@remix-run/dev";
import tailwindcss from "@tailwindcss/vite";
import { defineConfig, type Plugin } from "vite";
import remixConfig from "./remix.config.js";

export default defineConfig({
  plugins: [tailwindcss(), remix(remixConfig), nodeServerEntry()],
  build: { target: "es2022" },
  // Native and server-only: the development server must not prepare them for browsers.
  optimizeDeps: { exclude: ["@electric-sql/pglite", "@node-rs/argon2", "fs-native-extensions"] },
});

/**
 * Builds server.ts beside the Remix build, in one module graph: build/server/index.js stays a
 * stock Remix build (remix-serve runs it), build/server/server.js shares its database pool,
 * environment and log instead of holding a second copy.
 */
function nodeServerEntry(): Plugin {
  return {
    name: "node-server-entry",
    enforce: "post",
    config: (_config, { command, isSsrBuild }) =>
      command === "build" && isSsrBuild
        ? {
            build: {
              rollupOptions: {
                input: { index: "virtual:remix/server-build", server: "server.ts" },
                output: { entryFileNames: "[name].js" },
              },
            },
          }
        : undefined,
  };
}
