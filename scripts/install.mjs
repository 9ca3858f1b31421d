import { existsSync, readFileSync } from "node:fs";
import process from "node:process";
import { npm, run } from "./programs.mjs";

const OLDEST_NODE = [20, 18, 1];
const WANTED = "package-lock.json";
const INSTALLED = "node_modules/.package-lock.json";

/** Ends the process with a plain word when this Node is too old. */
export function requireNode() {
  const version = process.versions.node.split(".").map(Number);
  const difference = OLDEST_NODE.map((part, i) => version[i] - part).find((part) => part !== 0);
  if (difference === undefined || difference > 0) return;
  console.error(
    `Node ${OLDEST_NODE.join(".")} or newer is needed, and this is ${process.versions.node}. See https://nodejs.org/.`,
  );
  process.exit(1);
}

/** Installs exactly what package-lock.json names, unless that is what is installed. */
export async function install() {
  requireNode();
  if (isInstalled()) return;
  console.log("Installing packages (npm ci)…");
  if ((await run(npm("ci"))) === 0) return;
  console.error("npm ci failed; its output above says why.");
  process.exit(1);
}

/** Compares packages, not times: a checkout or a copy changes times. */
function isInstalled() {
  if (!existsSync(INSTALLED)) return false;
  const { packages: wanted } = JSON.parse(readFileSync(WANTED, "utf8"));
  const { packages: installed } = JSON.parse(readFileSync(INSTALLED, "utf8"));
  return Object.entries(wanted).every(
    ([path, { version, optional, devOptional, peer }]) =>
      path === "" ||
      installed[path]?.version === version ||
      (!installed[path] && (optional || devOptional || peer)),
  );
}
