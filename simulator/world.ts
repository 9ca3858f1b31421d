import type { FaultPlan } from "#simulator/faults/plan.ts";
import type { MediaStore } from "#simulator/media/store.ts";
import type { Chats } from "#simulator/phone/chats.ts";
import type { StatusQueue } from "#simulator/phone/statuses.ts";
import type { RequestLog } from "./request-log.ts";

/** How it treats what the business sends. */
export interface Settings {
  /** Whether messages later than 24 hours after the customer's last one are refused (131047). */
  replyWindow: boolean;
  /** Whether it tells by webhook how far messages got. */
  statuses: boolean;
  /** Milliseconds before each status. */
  statusDelayMs: number;
}

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
  chats: Chats;
  statuses: StatusQueue;
  settings: Settings;
  /** Aborted when the simulator closes. */
  closing: AbortSignal;
}
