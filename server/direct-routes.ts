import type { ActionFunction, ServerBuild } from "@remix-run/node";
import type { Handle } from "./bridge.ts";

/**
 * Calls the actions of some routes without asking Remix which route it is: Remix ranks all routes
 * anew for each request, which takes longer than storing a webhook does. The routes stay as they
 * are, and all other requests go to Remix.
 *
 * @param paths of resource routes without parameters, as app/routes.ts has them
 * @throws when one of them is no route with an action
 */
export function withDirectRoutes(build: ServerBuild, paths: string[], remix: Handle): Handle {
  const actions = new Map(paths.map((path) => [`/${path}`, actionOf(build, path)]));
  return async (request, context) => {
    const action = request.method === "POST" && actions.get(new URL(request.url).pathname);
    if (!action) return remix(request, context);
    return (await action({ request, context, params: {} })) as Response;
  };
}

function actionOf(build: ServerBuild, path: string): ActionFunction {
  const route = Object.values(build.routes).find((route) => route?.path === path);
  if (!route?.module.action) throw new Error(`/${path} is no route with an action.`);
  return route.module.action;
}
