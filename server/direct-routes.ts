import type { ServerBuild } from "@remix-run/node";
import { findResourceRoute, type ResourceRoute } from "#app/remix/resource-route.ts";
import type { Handle } from "./bridge.ts";

interface DirectRoute extends ResourceRoute {
  /** All of the path, or what stands before the parameter. */
  prefix: string;
  parameter: string | undefined;
}

/** An id that means the same whether it was decoded or not; anything else is left to Remix. */
const PLAIN_SEGMENT = /^[A-Za-z0-9_-]{1,128}$/;

/**
 * Calls the loaders and actions of some resource routes without asking Remix which route it is:
 * Remix ranks all routes anew for each request, which takes longer than storing a webhook does, or
 * than looking up a file. The routes stay as they are, and all other requests go to Remix.
 *
 * @param paths of resource routes, as in app/http/route-traits.ts; the last segment may be a parameter
 * @throws when one of them is no route with a loader or an action
 */
export function withDirectRoutes(build: ServerBuild, paths: string[], remix: Handle): Handle {
  const routes = paths.map((path) => directRoute(build, path));
  return async (request, context) => {
    const { pathname } = new URL(request.url);
    for (const route of routes) {
      const params = match(route, pathname);
      const call = params && callFor(route, request.method);
      if (call) return (await call({ request, context, params })) as Response;
    }
    return remix(request, context);
  };
}

function directRoute(build: ServerBuild, path: string): DirectRoute {
  const [, prefix = path, parameter] = /^(.*\/):(\w+)$/.exec(path) ?? [];
  return { prefix, parameter, ...findResourceRoute(build, path) };
}

function match({ prefix, parameter }: DirectRoute, pathname: string) {
  if (parameter === undefined) return pathname === prefix ? {} : undefined;
  if (!pathname.startsWith(prefix)) return undefined;
  const value = pathname.slice(prefix.length);
  return PLAIN_SEGMENT.test(value) ? { [parameter]: value } : undefined;
}

function callFor({ action, loader }: DirectRoute, method: string) {
  if (method === "GET" || method === "HEAD") return loader;
  return method === "POST" ? action : undefined;
}
