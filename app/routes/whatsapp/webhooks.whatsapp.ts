import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { plainText } from "#app/http/plain-text.ts";
import { forDuty } from "#app/process/database.server.ts";
import { env } from "#app/process/env.server.ts";
import { receiveWebhook } from "#app/whatsapp/webhook/receive.server.ts";
import { verifySubscription } from "#app/whatsapp/webhook/subscription.server.ts";

export function loader({ request }: LoaderFunctionArgs): Response {
  if (request.method !== "GET") return methodNotAllowed();
  const query = new URL(request.url).searchParams;
  const subscription = verifySubscription(query, env.WHATSAPP_VERIFY_TOKEN);
  return "challenge" in subscription
    ? plainText(200, subscription.challenge)
    : plainText(403, subscription.refusal);
}

export async function action({ request }: ActionFunctionArgs): Promise<Response> {
  if (request.method !== "POST") return methodNotAllowed();
  return receiveWebhook(request, { db: forDuty("webhook"), secrets: env.WHATSAPP_APP_SECRET });
}

function methodNotAllowed(): Response {
  return plainText(405, "Only GET and POST.", { allow: "GET, POST" });
}
