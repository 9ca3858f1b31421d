import { describe, expect, it } from "vitest";
import { failureResponse } from "./failure-response.server.tsx";
import { type FailureKind, failureNotices, MediaFailure } from "./file/failure.ts";

const kinds = Object.keys(failureNotices) as FailureKind[];
const ADDRESS = "http://localhost/media/622684793477189?t=1";
const asked = (headers: Record<string, string> = {}) => new Request(ADDRESS, { headers });
const navigation = { Accept: "text/html,*/*;q=0.8", "Sec-Fetch-Dest": "document" };
const frame = { Accept: "text/html,*/*;q=0.8", "Sec-Fetch-Dest": "iframe" };
const image = { Accept: "image/avif,*/*;q=0.8", "Sec-Fetch-Dest": "image" };

describe("failureResponse", () => {
  // A header's value and a figure's label; the audit log shows it with spaces for hyphens.
  it.each(kinds)("names %s in plain words", (kind) => {
    expect(kind).toMatch(/^[a-z]+(-[a-z]+)*$/);
  });

  it.each(kinds)("F67 keeps the answer to %s private, as a page and as a problem", (kind) => {
    for (const headers of [{}, navigation, frame, image]) {
      const answer = failureResponse(asked(headers), new MediaFailure(kind));
      expect(answer.headers.get("Cache-Control")).toBe("no-store, no-transform");
      expect(answer.headers.get("X-Content-Type-Options")).toBe("nosniff");
      expect(answer.headers.get("Cross-Origin-Resource-Policy")).toBe("same-origin");
      expect(answer.headers.get("Referrer-Policy")).toBe("no-referrer");
      expect(answer.headers.get("Content-Security-Policy")).toMatch(/default-src 'none'.*sandbox/);
    }
  });

  it.each(kinds)("tells a program of %s as problem+json without the log's detail", async (kind) => {
    const failure = new MediaFailure(kind, { detail: "secret.host.test" });
    const answer = failureResponse(asked(image), failure);
    const { status, message, retryable } = failureNotices[kind];
    expect(answer.status).toBe(status);
    expect(answer.headers.get("Content-Type")).toBe("application/problem+json");
    expect(answer.headers.get("X-Media-Failure")).toBe(kind);
    const body = await answer.text();
    expect(JSON.parse(body)).toMatchObject({ title: message, status, kind, retryable });
    expect(body).not.toContain("secret.host.test");
  });

  it.each(kinds.filter((kind) => kind !== "signed-out"))(
    "F72 tells a person of %s in a page without script, and offers a retry where one can help",
    async (kind) => {
      const answer = failureResponse(asked(navigation), new MediaFailure(kind));
      const { status, message, retryable } = failureNotices[kind];
      expect(answer.status).toBe(status);
      expect(answer.headers.get("Content-Type")).toBe("text/html; charset=utf-8");
      const page = await answer.text();
      expect(page).toContain(message.replaceAll("'", "&#x27;"));
      expect(page.includes("Failed to load. Tap to retry.")).toBe(retryable);
      expect(page).not.toContain("<script");
    },
  );

  it("leads a signed-out person who opened the address to the sign-in page and back", () => {
    const answer = failureResponse(asked(navigation), new MediaFailure("signed-out"));
    expect(answer.status).toBe(302);
    expect(answer.headers.get("Location")).toBe(
      "/login?redirectTo=%2Fmedia%2F622684793477189%3Ft%3D1",
    );
  });

  it("leads a signed-out browser to sign-in that does not say what it wants the file for", () => {
    const answer = failureResponse(asked({ Accept: "text/html" }), new MediaFailure("signed-out"));
    expect(answer.status).toBe(302);
  });

  it("shows a signed-out person's frame a page instead of the sign-in form", async () => {
    const answer = failureResponse(asked(frame), new MediaFailure("signed-out"));
    expect(answer.status).toBe(401);
    expect(await answer.text()).toContain('href="/login"');
    expect(answer.headers.get("X-Frame-Options")).toBe("SAMEORIGIN");
  });

  it("tells a signed-out image element 401", () => {
    expect(failureResponse(asked(image), new MediaFailure("signed-out")).status).toBe(401);
  });

  it("says how long to wait, as WhatsApp told or five seconds", () => {
    const retryAfter = (failure: MediaFailure) =>
      failureResponse(asked(), failure).headers.get("Retry-After");
    expect(retryAfter(new MediaFailure("throttled", { retryAfterSeconds: 90 }))).toBe("90");
    expect(retryAfter(new MediaFailure("throttled"))).toBe("5");
    expect(retryAfter(new MediaFailure("busy"))).toBe("5");
    expect(retryAfter(new MediaFailure("gone"))).toBeNull();
  });

  it("F63 names the methods there are", () => {
    const answer = failureResponse(asked(), new MediaFailure("method"));
    expect(answer.headers.get("Allow")).toBe("GET, HEAD");
  });

  it("F64 puts nothing of the address into the page as markup", async () => {
    const request = new Request("http://localhost/media/%22%3E%3Cb%3E?x=<b>", {
      headers: navigation,
    });
    const page = await failureResponse(request, new MediaFailure("upstream")).text();
    expect(page).not.toContain("<b>");
  });

  it("F73 gives a missing file one body, whoever asks for which", async () => {
    const bodyFor = (id: string) =>
      failureResponse(
        new Request(`http://localhost/media/${id}`, { headers: navigation }),
        new MediaFailure("not-found"),
      ).text();
    expect(await bodyFor("1")).toBe(await bodyFor("2"));
  });
});
