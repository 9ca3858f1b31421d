import type { ShouldRevalidateFunctionArgs } from "@remix-run/react";
import { createReloadReason } from "#app/remix/reload-reason.ts";
import type { InboxEvent } from "./inbox-event.ts";

/** What of the page is out of date. */
export interface ReloadPlan {
  all: boolean;
  conversations: Set<number>;
}

export function nothingToReload(): ReloadPlan {
  return { all: false, conversations: new Set() };
}

export function isEmpty({ all, conversations }: ReloadPlan): boolean {
  return !all && conversations.size === 0;
}

export function addEvent(plan: ReloadPlan, event: InboxEvent): void {
  if (event.kind === "resync") plan.all = true;
  else for (const id of event.conversations) plan.conversations.add(id);
}

const reason = createReloadReason<ReloadPlan>();

/** Starts a reload whose routes ask `shouldReloadConversation` for their part in it. */
export function reloadBy(plan: ReloadPlan, reload: () => void): void {
  reason.during(plan, reload);
}

/** A conversation's page is left as it is by events of others, and while nobody sees it. */
export function shouldReloadConversation({
  currentParams,
  defaultShouldRevalidate,
}: Pick<ShouldRevalidateFunctionArgs, "currentParams" | "defaultShouldRevalidate">): boolean {
  const plan = reason.current();
  if (!plan) return defaultShouldRevalidate;
  const { all, conversations } = plan;
  const isConcerned = all || conversations.has(Number(currentParams.conversationId));
  return isConcerned && document.visibilityState === "visible";
}
