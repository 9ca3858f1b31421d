import type { IncomingMessage } from "node:http";
import { businessNumbers } from "#simulator/samples/business-numbers.ts";
import { bearerOf } from "#simulator/wire/authorization.ts";
import type { Answer } from "#simulator/wire/exchange.ts";
import type { World } from "#simulator/world.ts";
import { missingToken, noSuchObject, wrongToken } from "./errors.ts";

/** @returns the answer to a request that may not use Graph at all */
export function refusedToken(world: World, request: IncomingMessage): Answer | undefined {
  const bearer = bearerOf(request, world.accessToken);
  if (bearer === "missing") return missingToken();
  return bearer === "wrong" ? wrongToken() : undefined;
}

/** @returns the answer to a POST that may not act for this number, or for one that isn't there */
export function refusedBusiness(
  world: World,
  request: IncomingMessage,
  phoneNumberId: string,
): Answer | undefined {
  const refused = refusedToken(world, request);
  if (refused) return refused;
  const isKnown = businessNumbers.some((number) => number.phoneNumberId === phoneNumberId);
  if (request.method === "POST" && isKnown) return undefined;
  return noSuchObject(phoneNumberId, request.method?.toLowerCase());
}
