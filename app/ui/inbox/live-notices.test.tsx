import { act, cleanup, render, screen } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { OfflineBanner } from "../page/offline-banner.tsx";
import { NewMessageAnnouncer } from "./new-message-announcer.tsx";

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

const conversation = (contactName: string, minute: number, unreadCount = 1) => ({
  contactName,
  unreadCount,
  lastMessageAt: new Date(Date.UTC(2026, 10, 22, 14, minute)),
});
const ana = conversation("Ana", 3);

describe("the announcer", () => {
  const announcer = (conversations: (typeof ana)[]) => (
    <NewMessageAnnouncer conversations={conversations} />
  );
  const words = () => document.querySelector("[aria-live=polite]")?.textContent;

  it("says nothing of what was there, politely who has written since, and that again", () => {
    const { rerender } = render(announcer([ana]));
    expect(words()).toBe("");
    rerender(announcer([conversation("Ben", 4), ana]));
    expect(words()).toBe("New message from Ben");
    const first = screen.getByText("New message from Ben");
    rerender(announcer([conversation("Ben", 5, 2), ana]));
    expect(screen.getByText("New message from Ben")).not.toBe(first);
  });

  it("says nothing of what we wrote, nor of what another list shows", () => {
    const { rerender } = render(announcer([ana]));
    rerender(announcer([{ ...conversation("Ben", 4), unreadCount: 0 }, ana]));
    rerender(announcer([conversation("Cleo", 2)]));
    expect(words()).toBe("");
  });

  it("names three at most", () => {
    const { rerender } = render(announcer([]));
    rerender(announcer(["Ana", "Ben", "Cleo", "Dan", "Eve"].map((name) => conversation(name, 4))));
    expect(words()).toBe("New message from Ana, Ben, Cleo and 2 more");
  });
});

it("the offline banner comes and goes with the connection", () => {
  const online = vi.spyOn(navigator, "onLine", "get").mockReturnValue(true);
  render(<OfflineBanner />);
  expect(screen.queryByText(/You are offline/)).toBeNull();
  online.mockReturnValue(false);
  act(() => void window.dispatchEvent(new Event("offline")));
  expect(screen.getByText(/New messages appear when the connection is back/)).toBeTruthy();
  online.mockReturnValue(true);
  act(() => void window.dispatchEvent(new Event("online")));
  expect(screen.queryByText(/You are offline/)).toBeNull();
});
