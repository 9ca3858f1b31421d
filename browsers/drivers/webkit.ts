import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "#tests/support/app/free-port.ts";
import type { Browser } from "./browser.ts";

const DRIVER = "/usr/bin/WebKitWebDriver";
const X_SERVER = "/usr/bin/Xvfb";
const LIBRARIES = "/usr/lib";
/** The key of an element's reference: W3C WebDriver, section 12.2. */
const ELEMENT = "element-6066-11e4-a52e-4f735466cecf";
const START_TIMEOUT_MS = 20_000;
const SCRIPT_TIMEOUT_MS = 120_000;
const COMMAND_TIMEOUT_MS = 150_000;

/**
 * Starts WebKitGTK's MiniBrowser over W3C WebDriver, on an X server of its own.
 *
 * @returns undefined where one of the three programs is missing
 */
export async function startWebKit(): Promise<Browser | undefined> {
  const binary = findMiniBrowser();
  if (!binary || !existsSync(DRIVER) || !existsSync(X_SERVER)) return undefined;
  const programs: ChildProcess[] = [];
  const stop = () => {
    for (const program of programs.reverse()) program.kill("SIGTERM");
  };
  process.once("exit", stop);
  try {
    const { display, program } = await startXServer();
    programs.push(program);
    const port = await freePort();
    const env = { ...process.env, DISPLAY: display };
    programs.push(spawn(DRIVER, [`--port=${port}`], { env, stdio: "ignore" }));
    const session = await startSession(`http://127.0.0.1:${port}`, binary);
    return {
      name: "WebKitGTK",
      version: session.version,
      open: async () => tabOf(session.ask),
      close: async () => {
        await session.ask("DELETE", "").catch(() => {});
        stop();
      },
    };
  } catch (error) {
    stop();
    throw error;
  }
}

type Ask = (method: string, path: string, body?: object) => Promise<unknown>;

/** The one window; MiniBrowser ends with its last, so closing a tab empties it. */
function tabOf(ask: Ask) {
  const goto = async (url: string) => void (await ask("POST", "/url", { url }));
  return {
    goto,
    click: async (selector: string) => {
      const found = await ask("POST", "/element", { using: "css selector", value: selector });
      const id = (found as Record<string, string>)[ELEMENT];
      await ask("POST", `/element/${id}/click`, {});
    },
    evaluate: async <Argument, Answer>(
      run: (argument: Argument) => Answer | Promise<Answer>,
      argument: Argument,
    ): Promise<Answer> => {
      const script = `const done = arguments[1];
        Promise.resolve((${run})(arguments[0])).then(
          (value) => done({ value }),
          (error) => done({ error: String(error) }),
        );`;
      const answer = await ask("POST", "/execute/async", { script, args: [argument ?? null] });
      const { value, error } = answer as { value: Answer; error?: string };
      if (error) throw new Error(error);
      return value;
    },
    close: () => goto("about:blank"),
  };
}

async function startXServer(): Promise<{ display: string; program: ChildProcess }> {
  const args = ["-displayfd", "1", "-screen", "0", "1280x1024x24", "-nolisten", "tcp"];
  const program = spawn(X_SERVER, args, { stdio: ["ignore", "pipe", "ignore"] });
  // The pipe stays open: Xvfb writes the line in two parts, and dies when nobody reads the second.
  const text = await new Promise((resolve, reject) => {
    program.stdout.once("data", resolve);
    program.once("exit", () => reject(new Error("Xvfb did not start.")));
  });
  return { display: `:${String(text).trim()}`, program };
}

async function startSession(
  driver: string,
  binary: string,
): Promise<{ version: string; ask: Ask }> {
  const capabilities = {
    alwaysMatch: {
      "webkitgtk:browserOptions": { binary, args: ["--automation"] },
      timeouts: { script: SCRIPT_TIMEOUT_MS },
    },
  };
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (!(await fetch(`${driver}/status`).catch(() => undefined))) {
    if (Date.now() > deadline) throw new Error("WebKitWebDriver did not start.");
    await sleep(50);
  }
  const started = await askDriver(`${driver}/session`, "POST", { capabilities });
  const { sessionId, capabilities: got } = started as {
    sessionId: string;
    capabilities: { browserVersion: string };
  };
  const ask: Ask = (method, path, body) =>
    askDriver(`${driver}/session/${sessionId}${path}`, method, body);
  return { version: got.browserVersion, ask };
}

async function askDriver(url: string, method: string, body?: object): Promise<unknown> {
  const signal = AbortSignal.timeout(COMMAND_TIMEOUT_MS);
  const answer = await fetch(url, { method, signal, ...(body && { body: JSON.stringify(body) }) });
  const { value } = (await answer.json()) as { value: { error?: string; message?: string } };
  if (!answer.ok) throw new Error(`${method} ${url}: ${value.error} ${value.message}`);
  return value;
}

function findMiniBrowser(): string | undefined {
  if (process.env.MINIBROWSER_PATH) return process.env.MINIBROWSER_PATH;
  if (!existsSync(LIBRARIES)) return undefined;
  return readdirSync(LIBRARIES)
    .flatMap((machine) => ["4.1", "4.0"].map((api) => `${LIBRARIES}/${machine}/webkit2gtk-${api}`))
    .map((folder) => `${folder}/MiniBrowser`)
    .find((path) => existsSync(path));
}
