import type { Tab } from "#browsers/drivers/browser.ts";

export const SCENARIOS = ["tap", "play"] as const;
export type Scenario = (typeof SCENARIOS)[number];

/** How playing went. */
export interface Played {
  /** Of the element's MediaError; 0 without one. */
  error: number;
  /** Whether it came to its end. */
  ended: boolean;
  /** Where it stood at last, in seconds. */
  at: number;
}

/** Plays what was tapped for 4 s, goes to three quarters of it, and then to its last second. */
export function playAndSeek(tab: Tab, seconds: number): Promise<Played> {
  return tab.evaluate(async (seconds) => {
    let media = document.querySelector<HTMLMediaElement>(".media video, .media audio");
    for (let waited = 0; waited < 30_000 && !(media && media.readyState > 0); waited += 100) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      media = document.querySelector<HTMLMediaElement>(".media video, .media audio");
    }
    if (!media) return { error: -1, ended: false, at: 0 };
    await media.play().catch(() => {});
    await new Promise((resolve) => setTimeout(resolve, 4_000));
    for (const target of [seconds * 0.75, seconds - 1]) {
      media.currentTime = target;
      for (let waited = 0; waited < 15_000 && media.seeking; waited += 100) {
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      await new Promise((resolve) => setTimeout(resolve, 2_000));
    }
    for (let waited = 0; waited < 10_000 && !media.ended; waited += 100) {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    return { error: media.error?.code ?? 0, ended: media.ended, at: media.currentTime };
  }, seconds);
}
