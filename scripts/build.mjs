import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { run, tool } from "./programs.mjs";

const RESULT = "build/server/server.js";
const SOURCES = [
  "app",
  "db",
  "public",
  "server",
  "server.ts",
  "package-lock.json",
  "remix.config.js",
  "vite.config.ts",
];

/** Builds the app. @returns {Promise<number>} the exit code */
export function build() {
  return run(tool("remix", "vite:build"), { env: { NODE_ENV: "production" } });
}

/** Builds the app, unless the last build is newer than every source. */
export async function buildIfStale() {
  if (existsSync(RESULT) && statSync(RESULT).mtimeMs > newest(SOURCES)) return;
  console.log("Building…");
  if ((await build()) === 0) return;
  console.error("The build failed; its output above says why.");
  process.exit(1);
}

function newest(paths) {
  return Math.max(0, ...paths.filter((path) => existsSync(path)).map(changedAt));
}

function changedAt(path) {
  const stat = statSync(path);
  const inside = stat.isDirectory() ? readdirSync(path).map((name) => join(path, name)) : [];
  return Math.max(stat.mtimeMs, newest(inside));
}
