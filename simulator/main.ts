import { z } from "zod";
import { startSimulator } from "./server.ts";

const required = "is missing: set it to the value that the app has";
const variables = z.object({
  SIMULATOR_PORT: z.coerce.number().int().min(0).max(65_535).default(3001),
  SIMULATOR_HOST: z.string().min(1).default("127.0.0.1"),
  SIMULATOR_WEBHOOK_URL: z
    .url({ protocol: /^https?$/ })
    .default("http://127.0.0.1:3000/webhooks/whatsapp"),
  WHATSAPP_ACCESS_TOKEN: z.string({ error: required }).min(1),
  WHATSAPP_APP_SECRET: z.string({ error: required }).transform(first).pipe(z.string().min(1)),
});

const parsed = variables.safeParse(withoutEmpty(process.env));
if (!parsed.success) {
  const problems = parsed.error.issues.map(({ path, message }) => `${path.join(".")} ${message}`);
  fail(`The simulated WhatsApp can't start:\n  ${problems.join("\n  ")}`);
} else {
  await run(parsed.data);
}

async function run(env: z.output<typeof variables>) {
  const simulator = await startSimulator({
    port: env.SIMULATOR_PORT,
    host: env.SIMULATOR_HOST,
    accessToken: env.WHATSAPP_ACCESS_TOKEN,
    appSecret: env.WHATSAPP_APP_SECRET,
    webhookUrl: env.SIMULATOR_WEBHOOK_URL,
  }).catch((error: NodeJS.ErrnoException) => {
    const address = `${env.SIMULATOR_HOST}:${env.SIMULATOR_PORT}`;
    const taken = `Another program uses ${address}. Set SIMULATOR_PORT to a free port.`;
    return fail(error.code === "EADDRINUSE" ? taken : `Can't use ${address}: ${error.message}`);
  });
  if (!simulator) return;
  console.log(`Simulated WhatsApp on ${simulator.url}, sends to ${env.SIMULATOR_WEBHOOK_URL}`);
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => void simulator.close());
  }
}

function fail(message: string): undefined {
  console.error(message);
  process.exitCode = 1;
}

/** The first of a list signs; the app accepts all of them. */
function first(secrets: string) {
  return secrets.split(",")[0]?.trim() ?? "";
}

function withoutEmpty(env: NodeJS.ProcessEnv) {
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ""));
}
