import { sql } from "drizzle-orm";
import { mediaKinds } from "../message-kind.ts";

/** In brackets, for `m.type in`: the types of messages that carry a file. No parameters, for the planner's sake. */
export const mediaTypes = sql.raw(`(${mediaKinds.map((kind) => `'${kind}'`).join(", ")})`);
