import { type ActionFunctionArgs, redirect } from "@remix-run/node";
import { endSession } from "#app/auth/session.server.ts";

export async function action({ request, context }: ActionFunctionArgs) {
  const headers = {
    "Set-Cookie": await endSession(request, context),
    // Also what the browser keeps to go back to. The cookie is ended by itself.
    "Clear-Site-Data": '"cache", "storage"',
  };
  return redirect("/login", { headers });
}

export function loader() {
  return redirect("/conversations");
}
