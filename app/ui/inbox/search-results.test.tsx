import { cleanup, screen } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import { contactHit, href, messageHit, row, showList } from "./testing/list.tsx";

afterEach(cleanup);

describe("what a search has found", () => {
  const parameters = { q: "view", account: 1 };

  it("is contacts with their numbers, then messages with the words marked, which lead to their place", () => {
    showList({ parameters, contacts: [contactHit], messages: [messageHit], next: "16-2" });
    expect(screen.getAllByRole("heading").map((h) => h.textContent)).toEqual([
      "Contacts",
      "Messages",
    ]);
    const [contact, message] = screen.getAllByRole("link", { name: /^Ana/ });
    expect(contact?.textContent).toContain("+15550100001");
    expect(contact?.getAttribute("href")).toBe("/conversations/7?q=view&account=1");
    expect(message?.textContent).toContain("the view from");
    expect(message?.querySelector("mark")?.textContent).toBe("view");
    expect(message?.getAttribute("href")).toBe("/conversations/7?around=31&q=view&account=1#m-31");
    expect(href("Older results")).toBe("/conversations?q=view&account=1&page=16-2");
    expect(href("All conversations")).toBe("/conversations?account=1");
  });

  it("names whose words they are and the kind of file", () => {
    const hit = { ...messageHit, direction: "outbound" as const, type: "document" };
    showList({ parameters, messages: [hit] });
    expect(row().textContent).toContain("You: Document · the view from");
  });

  it.each(["\u0003\u0003 x", "\u0002", "a \u0002b", "\u0003a\u0002\u0002b\u0003c", ""])(
    "shows the words of %j even where marks are missing or doubled",
    (snippet) => {
      showList({ parameters, messages: [{ ...messageHit, snippet }] });
      const words = snippet.replaceAll("\u0002", "").replaceAll("\u0003", "");
      expect(row().textContent).toContain(words);
    },
  );
});
