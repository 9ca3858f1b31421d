import { graphAnswer } from "#simulator/answers/answer.ts";
import { refusedToken } from "#simulator/answers/business.ts";
import { wrongParameter } from "#simulator/answers/send-errors.ts";
import { usage } from "#simulator/answers/usage.ts";
import type { Answer, Exchange } from "#simulator/wire/exchange.ts";
import type { World } from "#simulator/world.ts";

/** Answers `DELETE /{version}/{media-id}`, Meta's "Delete media". */
export function answerDelete(world: World, { request }: Exchange, id: string): Answer {
  const refused = refusedToken(world, request);
  if (refused) return refused;
  if (!world.media.get(id)) return wrongParameter("Invalid post_id parameter");
  world.media.delete(id);
  return graphAnswer(200, () => JSON.stringify({ success: true }), usage());
}
