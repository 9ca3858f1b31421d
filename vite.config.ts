import { vitePlugin as remix } from "@remix-run/dev";
import tailwindcss from "@tailwindcss/vite";
import { defineConfig, type Plugin } from "vite";
import remixConfig from "./remix.config.js";

export default defineConfig({
  plugins: [tailwindcss(), remix(remixConfig), nodeServerEntry()],
  build: { target: "es2022" },
  // Remix names the packages that pages import. What Vite would find besides are the server's own,
  // because Remix reads each route whole; it would prepare them for browsers, and reload the page.
  optimizeDeps: { noDiscovery: true },
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
