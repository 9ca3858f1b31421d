import { type ActionFunctionArgs, redirect } from "@remix-run/node";
import { localPath } from "#app/auth/redirect-to.ts";
import { keepLiteChoice } from "#app/http/lite.server.ts";
import { readPostedForm } from "#app/http/posted-form.server.ts";

/** Switches pages without scripts on or off in this browser, and leads back to the page that asked. */
export async function action({ request }: ActionFunctionArgs) {
  const form = await readPostedForm(request);
  const choice = form.get("lite");
  if (choice !== "on" && choice !== "off") {
    return new Response("Send the field lite as on or off.\n", { status: 400 });
  }
  return redirect(localPath(form.get("back")), {
    headers: { "Set-Cookie": await keepLiteChoice(choice) },
  });
}

export function loader() {
  return redirect("/conversations");
}
