import {
  appEnvironment,
  appUrl,
  greeting,
  requireFreePorts,
  simulatorUrl,
  startSimulator,
  waitFor,
} from "./demo-environment.mjs";
import { install } from "./install.mjs";
import { start, startAndAgain, superviseUntilEnd } from "./programs.mjs";

await install();
await requireFreePorts();
const simulator = startSimulator();
const app = startAndAgain((isFirst) =>
  start("app", [process.execPath, "scripts/dev/server.mjs", ...(isFirst ? ["--first"] : [])], {
    ...appEnvironment,
    NODE_ENV: "development",
  }),
);
const programs = [simulator, app];
const end = superviseUntilEnd(programs);
const up = (await waitFor(simulatorUrl, programs)) && (await waitFor(appUrl, programs));
if (up) console.log(greeting());
process.exit(await end);
