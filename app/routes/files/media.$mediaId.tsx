import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { serveMedia } from "#app/media/serve.server.ts";

export function loader({ request, params, context }: LoaderFunctionArgs) {
  return serveMedia(request, params.mediaId, context);
}

/** Every other method ends here, and is refused. */
export function action({ request, params, context }: ActionFunctionArgs) {
  return serveMedia(request, params.mediaId, context);
}
