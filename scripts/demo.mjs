import { buildIfStale } from "./build.mjs";
import {
  appEnvironment,
  appUrl,
  greeting,
  requireFreePorts,
  seed,
  simulatorUrl,
  startSimulator,
  waitFor,
} from "./demo-environment.mjs";
import { install } from "./install.mjs";
import { start, superviseUntilEnd } from "./programs.mjs";

await install();
await requireFreePorts();
await buildIfStale();
await seed();
const simulator = startSimulator();
// Production on a loopback address: the app leaves Secure off its cookie there, which Safari and
// others would drop over plain http.
const app = start("app", [process.execPath, "build/server/server.js"], {
  ...appEnvironment,
  NODE_ENV: "production",
});
const programs = [simulator, app];
const end = superviseUntilEnd(programs);
const up = (await waitFor(simulatorUrl, programs)) && (await waitFor(`${appUrl}/up`, programs));
if (up) console.log(greeting());
process.exit(await end);
