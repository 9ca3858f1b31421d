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
import { start, superviseUntilEnd, tool } from "./programs.mjs";

await install();
await requireFreePorts();
await seed();
const simulator = startSimulator();
const app = start(
  "app",
  tool("remix", "vite:dev", "--host", "127.0.0.1", "--port", appEnvironment.PORT),
  {
    ...appEnvironment,
    NODE_ENV: "development",
  },
);
const programs = [simulator, app];
const end = superviseUntilEnd(programs);
const up = (await waitFor(simulatorUrl, programs)) && (await waitFor(appUrl, programs));
if (up) console.log(greeting());
process.exit(await end);
