import type { RequestListener } from "node:http";
import * as build from "virtual:remix/server-build";
import { createRequestHandler } from "@remix-run/node";
import { csrfTokens } from "#app/auth/csrf-token.server.ts";
import { routesWhere } from "#app/http/route-traits.ts";
import { env } from "#app/process/env.server.ts";
import { log } from "#app/process/log.server.ts";
import type { Handle } from "./bridge.ts";
import { withDirectRoutes } from "./direct-routes.ts";
import { createListener } from "./listener.ts";

export interface AppListenerOptions {
  /** With the browser's files. Default: where the client build is. */
  assetsFolder?: string;
  /** Put around what answers pages and data. */
  around?: (handle: Handle) => Handle;
}

/** What a request to the app passes through: walls and deadlines, the browser's files, the routes. */
export function createAppListener(options: AppListenerOptions = {}): RequestListener {
  const { assetsFolder = build.assetsBuildDirectory, around = (handle) => handle } = options;
  return createListener({
    handle: withDirectRoutes(
      build,
      routesWhere(({ direct }) => direct),
      around(createRequestHandler(build, process.env.NODE_ENV)),
    ),
    assetsFolder,
    origin: { appOrigin: env.APP_ORIGIN, trustProxy: env.TRUST_PROXY },
    csrfTokens,
    log,
  });
}
