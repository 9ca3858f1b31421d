import type { FaultPlan } from "./faults/plan.ts";
import type { MediaStore } from "./media/store.ts";
import type { RequestLog } from "./request-log.ts";

/** All that the simulator's roles share. */
export interface World {
  /** Where the simulator listens, such as http://127.0.0.1:3001. */
  origin: string;
  accessToken: string;
  appSecret: string;
  webhookUrl: string | undefined;
  /** Pauses between the deliveries of a webhook that isn't answered with 200; empty: no retries. */
  retryDelaysMs: readonly number[];
  /** Milliseconds since 1970. */
  now: () => number;
  /** From 0 up to 1. */
  random: () => number;
  media: MediaStore;
  faults: FaultPlan;
  requests: RequestLog;
  /** Aborted when the simulator closes. */
  closing: AbortSignal;
}
