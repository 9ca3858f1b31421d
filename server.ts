import { loadEnv } from "#app/process/load-env.ts";
import { startupProblem } from "#server/startup-problem.ts";

loadEnv();
try {
  // Not a static import: the app's modules would load before the environment is complete, and
  // what they throw could not be caught.
  const { boot } = await import("#server/boot.ts");
  const { createAppListener } = await import("#server/app-listener.ts");
  await boot(createAppListener());
} catch (error) {
  const problem = startupProblem(error);
  if (problem === undefined) throw error;
  process.stderr.write(`${problem}\n`);
  process.exit(1);
}
