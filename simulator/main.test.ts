import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { simulatorForTest } from "#simulator/testing/simulator.ts";

const SECRETS = { WHATSAPP_ACCESS_TOKEN: "invented", WHATSAPP_APP_SECRET: "new,old" };

it("prints its address and ends well when told to", async () => {
  const program = start({ ...SECRETS, SIMULATOR_PORT: "0" });
  await until(program, /http:\/\/127\.0\.0\.1:\d+/);
  const [url = ""] = /http:\/\/127\.0\.0\.1:\d+/.exec(program.output()) ?? [];
  expect((await fetch(`${url}/_simulator/health`)).status).toBe(200);
  program.process.kill("SIGTERM");
  expect(await program.exit).toBe(0);
});

it("names every variable that is missing", async () => {
  const program = start({ SIMULATOR_PORT: "x" });
  expect(await program.exit).toBe(1);
  for (const name of ["SIMULATOR_PORT", "WHATSAPP_ACCESS_TOKEN", "WHATSAPP_APP_SECRET"]) {
    expect(program.output()).toContain(name);
  }
});

it("says so when its port is taken", async () => {
  const { port } = await simulatorForTest();
  const program = start({ ...SECRETS, SIMULATOR_PORT: String(port) });
  expect(await program.exit).toBe(1);
  expect(program.output()).toContain("Set SIMULATOR_PORT to a free port");
});

function start(variables: Record<string, string>) {
  const main = join(import.meta.dirname, "main.ts");
  const env = { NODE_ENV: "test" as const, PATH: process.env.PATH, ...variables };
  const child = spawn(process.execPath, ["--import", "tsx", main], { env });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (data) => (output += data));
  onTestFinished(() => void child.kill("SIGKILL"));
  const exit = once(child, "close").then(([code]) => code as number | null);
  return { process: child, exit, output: () => output };
}

async function until({ exit, output }: ReturnType<typeof start>, pattern: RegExp) {
  const ended = exit.then(() => true);
  while (!pattern.test(output())) {
    const pause = new Promise<false>((resolve) => setTimeout(() => resolve(false), 20));
    if (await Promise.race([ended, pause])) throw new Error(output());
  }
}
