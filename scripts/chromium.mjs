import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, join } from "node:path";
import { run, tool } from "./programs.mjs";

const DOWNLOAD_TIMEOUT_MS = 180_000;
const APT_TIMEOUT_MS = 300_000;
/** The shell is Chromium without its window: half the work for the same pages. */
const NAMES = [
  "chromium-headless-shell",
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
];
const APPLICATIONS = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/** What Chromium is started with: nothing of its own goes over the network. */
export const chromiumArguments = [
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-gpu",
  "--disable-quic",
  "--disable-sync",
  "--no-first-run",
  // Chromium's sandbox refuses to start for root.
  ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
];

/** @returns {string | undefined} a Chromium that starts: CHROMIUM_PATH, Playwright's own, the system's */
export function findChromium() {
  const { chromium } = createRequire(import.meta.url)("@playwright/test");
  const folders = (process.env.PATH ?? "").split(delimiter);
  const candidates = [
    process.env.CHROMIUM_PATH,
    chromium.executablePath(),
    ...NAMES.flatMap((name) => folders.map((folder) => join(folder, name))),
    ...APPLICATIONS,
  ];
  return candidates.find((path) => path && existsSync(path) && starts(path));
}

/**
 * Finds Chromium, else gets one from Playwright, else (as root on Debian) from Debian.
 *
 * @returns {Promise<string | undefined>}
 */
export async function findOrGetChromium() {
  const found = findChromium();
  if (found) return found;
  console.log("No Chromium here; asking Playwright for one…");
  await run(tool("playwright", "install", "chromium"), { timeoutMs: DOWNLOAD_TIMEOUT_MS });
  const downloaded = findChromium();
  if (downloaded || process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return downloaded;
  console.log("Playwright had none; asking Debian for one…");
  const options = { env: { DEBIAN_FRONTEND: "noninteractive" }, timeoutMs: APT_TIMEOUT_MS };
  await run(["apt-get", "update"], options);
  await run(["apt-get", "install", "-y", "chromium"], options);
  return findChromium();
}

/** A file of that name may be a stub that only tells how to install the browser. */
function starts(path) {
  return spawnSync(path, ["--version"], { timeout: 20_000, stdio: "ignore" }).status === 0;
}
