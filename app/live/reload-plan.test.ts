import { afterEach, describe, expect, it, vi } from "vitest";
import type { InboxEvent } from "./inbox-event.ts";
import {
  addEvent,
  isEmpty,
  nothingToReload,
  reloadBy,
  shouldReloadConversation,
} from "./reload-plan.ts";

afterEach(() => {
  vi.unstubAllGlobals();
});

function asked(conversationId: string, events: InboxEvent[], visibility = "visible") {
  vi.stubGlobal("document", { visibilityState: visibility });
  const plan = nothingToReload();
  for (const each of events) addEvent(plan, each);
  let answer: boolean | undefined;
  reloadBy(plan, () => {
    answer = shouldReloadConversation({
      currentParams: { conversationId },
      defaultShouldRevalidate: true,
    });
  });
  return answer;
}

const change = (...conversations: number[]) => ({ kind: "change" as const, conversations });

describe("an open conversation", () => {
  it("is loaded again when it has changed, or anything may have", () => {
    expect(asked("7", [change(3), change(7)])).toBe(true);
    expect(asked("7", [change(3), { kind: "resync" }])).toBe(true);
  });

  it("is left alone by events of others, and while nobody sees it", () => {
    expect(asked("7", [change(3, 77)])).toBe(false);
    expect(asked("7", [{ kind: "resync" }], "hidden")).toBe(false);
  });

  it("is loaded as ever where its reader navigates", () => {
    for (const defaultShouldRevalidate of [true, false]) {
      const args = { currentParams: { conversationId: "7" }, defaultShouldRevalidate };
      expect(shouldReloadConversation(args)).toBe(defaultShouldRevalidate);
    }
  });
});

it("nothing is to be reloaded until there is an event", () => {
  const plan = nothingToReload();
  expect(isEmpty(plan)).toBe(true);
  addEvent(plan, change(1));
  expect(isEmpty(plan)).toBe(false);
});
