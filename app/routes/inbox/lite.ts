import { type ActionFunctionArgs, redirect } from "@remix-run/node";
import { localPath } from "#app/auth/redirect-to.ts";
import { keepLiteChoice } from "#app/http/lite.server.ts";

/** Two fields, of which one is an address. */
const MAX_FORM_BYTES = 8 * 1024;

/** Switches pages without scripts on or off in this browser, and leads back to the page that asked. */
export async function action({ request }: ActionFunctionArgs) {
  const length = request.headers.get("Content-Length");
  if (length === null || Number(length) > MAX_FORM_BYTES) {
    return new Response("Send the form itself.\n", { status: 413 });
  }
  const form = await request.formData().catch(() => new FormData());
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
