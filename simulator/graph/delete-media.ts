import type { Answer, Exchange } from "#simulator/exchange.ts";
import type { World } from "#simulator/world.ts";
import { graphAnswer } from "./answer.ts";
import { refusedToken } from "./business.ts";
import { wrongParameter } from "./send-errors.ts";
import { usage } from "./usage.ts";

/** Answers `DELETE /{version}/{media-id}`, Meta's "Delete media". */
export function answerDelete(world: World, { request }: Exchange, id: string): Answer {
  const refused = refusedToken(world, request);
  if (refused) return refused;
  if (!world.media.get(id)) return wrongParameter("Invalid post_id parameter");
  world.media.delete(id);
  return graphAnswer(200, () => JSON.stringify({ success: true }), usage());
}
