import { once } from "node:events";
import { watch } from "node:fs";
import { createServer } from "node:http";
import { seed } from "../demo-environment.mjs";
import { START_AGAIN } from "../programs.mjs";
import { createApp } from "./app.mjs";
import { listenWithProblem } from "./problem.mjs";
import { behindVite, shareUpgrades, startVite } from "./vite.mjs";

/** A checkout changes many files. */
const QUIET_MS = 100;

const changed = {
  module: afterQuiet(load),
  held: afterQuiet(renew),
  start: afterQuiet(startAgain),
};
const isFirstStart = process.argv.includes("--first");
let app;
let server;
const [vite] = await Promise.all([startVite(changed).catch(waitForConfig), isFirstStart && seed()]);
app = createApp(vite);
server = await listen();
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => end(0));
process.on("uncaughtException", (error) => {
  console.error("This would have ended the server:", error);
});
load();

async function listen() {
  const { applyLimits, serverOptions } = await vite.ssrLoadModule("/server/limits.ts");
  const server = createServer(serverOptions(), behindVite(vite, app.answer));
  applyLimits(server);
  shareUpgrades(server);
  try {
    await once(server.listen(Number(process.env.PORT), process.env.HOST), "listening");
  } catch (error) {
    const { startupProblem } = await vite.ssrLoadModule("/server/startup-problem.ts");
    console.error(startupProblem(error) ?? error);
    process.exit(1);
  }
  return server;
}

function afterQuiet(work) {
  let timer;
  return (file) => {
    clearTimeout(timer);
    timer = setTimeout(work, QUIET_MS, file);
  };
}

/** Before anybody asks, so that what is broken is told at once. */
function load() {
  app?.load().catch(() => {});
}

/** Cuts what is under way, which would meet a closed database: the page asks again. */
function renew(file) {
  console.log(`${file} changed: everything is loaded anew.`);
  server?.closeAllConnections();
  app?.renew();
  load();
}

function startAgain(file) {
  console.log(`${file} changed: starting again…`);
  end(START_AGAIN);
}

async function end(code) {
  server?.close();
  server?.closeAllConnections();
  await app?.end();
  process.exit(code);
}

/** A config or the list of routes is broken. */
async function waitForConfig(error) {
  console.error(error);
  await listenWithProblem(error);
  await Promise.race([".", "app"].map((folder) => once(watch(folder), "change")));
  process.exit(START_AGAIN);
}
