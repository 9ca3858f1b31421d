import { describe, expect, it } from "vitest";
import { verifySubscription } from "./subscription.server.ts";

const right = "hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=test-verify-token";
const verify = (query: string) =>
  verifySubscription(new URLSearchParams(query), ["new-token", "test-verify-token"]);

describe("Meta's check of the webhook's address", () => {
  it("F6 gives the challenge back, unchanged", () => {
    expect(verify(right)).toEqual({ challenge: "1158201444" });
    expect(verify(right.replace("1158201444", "007%20%22x%22"))).toEqual({ challenge: '007 "x"' });
  });

  it("F5 takes any of the configured tokens", () => {
    expect(verify(right.replace("test-verify-token", "new-token"))).toHaveProperty("challenge");
  });

  it.each([
    ["no parameter", ""],
    ["no mode", right.replace("hub.mode=subscribe&", "")],
    ["another mode", right.replace("subscribe", "unsubscribe")],
    ["no token", right.replace("&hub.verify_token=test-verify-token", "")],
    ["a wrong token", right.replace("test-verify-token", "canary-token")],
    ["no challenge", right.replace("hub.challenge=1158201444&", "")],
    ["an empty challenge", right.replace("1158201444", "")],
    ["the mode twice", `${right}&hub.mode=subscribe`],
    ["the token twice", `${right}&hub.verify_token=test-verify-token`],
    ["the challenge twice", `${right}&hub.challenge=canary`],
    ["underscores for dots", right.replaceAll("hub.", "hub_")],
  ])("F6 refuses %s and repeats nothing of it", (_, query) => {
    const answer = verify(query);
    expect(answer).toHaveProperty("refusal");
    expect(JSON.stringify(answer)).not.toMatch(/canary|1158201444/);
  });
});
