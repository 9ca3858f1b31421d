import { expect, it } from "vitest";
import { overdue, type Progress } from "./deadlines.ts";

const DEADLINES = {
  firstByteMs: 1_000,
  upstreamIdleMs: 2_000,
  clientIdleMs: 3_000,
  totalMs: 10_000,
};
const outcomeOf = (standing: Partial<Progress>) =>
  overdue({ age: 0, idle: 0, waitingFor: "upstream", begun: true, ...standing }, DEADLINES)
    ?.outcome;

it.each([
  ["F33 waits for the first byte", { idle: 1_000, begun: false }, undefined],
  ["F33 ends when no first byte comes", { idle: 1_001, begun: false }, "timeout"],
  ["F34 waits for the next bytes, longer than for the first", { idle: 2_000 }, undefined],
  ["F34 says stalled when no next bytes come", { idle: 2_001 }, "stalled"],
  ["F54 waits for a slow browser", { waitingFor: "client", idle: 3_000 }, undefined],
  [
    "F54 gives up on a browser that doesn't read",
    { waitingFor: "client", idle: 3_001 },
    "client-idle",
  ],
  [
    "F54 gives up on it before the first byte too",
    { waitingFor: "client", idle: 3_001, begun: false },
    "client-idle",
  ],
  [
    "doesn't count the time in which a broken body is opened again",
    { waitingFor: "rest", idle: 9_000 },
    undefined,
  ],
  ["F34 lets all of it take a while", { age: 10_000 }, undefined],
  ["F34 lets all of it take no longer, however steadily it comes", { age: 10_001 }, "timeout"],
  ["F34 nor when the browser is slow", { age: 10_001, waitingFor: "client" }, "timeout"],
  ["F34 nor when it is being opened again", { age: 10_001, waitingFor: "rest" }, "timeout"],
] as const)("%s", (_, standing, outcome) => {
  expect(outcomeOf(standing)).toBe(outcome);
});
