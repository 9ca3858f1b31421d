import { randomUUID } from "node:crypto";
import { env } from "#app/process/env.server.ts";
import { setupCode } from "#app/setup/setup-code.ts";
import { TEST_PASSWORD } from "#tests/support/rows.server.ts";

/** As a browser encodes it. */
export interface PostedForm {
  type: string;
  body: string;
}

/** What forms name beside what their address says. */
export interface FormObjects {
  /** The newest message of the conversation. */
  messageId: number;
  /** Two replies in it that failed. */
  failedIds: [number, number];
  /** Of a session of somebody else in the company. */
  sessionId: number;
  /** A number of the company. */
  accountId: number;
  /** Of somebody in the other company. */
  strangeEmail: string;
}

const BOUNDARY = "form-with-a-file";

let count = 0;

/** @returns forms as a path's pages have them; each changes something where it is let in */
export function formsFor(path: string, objects: FormObjects): PostedForm[] {
  return FORMS[path]?.(objects) ?? [form({})];
}

const FORMS: Record<string, ((objects: FormObjects) => PostedForm[]) | undefined> = {
  "/login": ({ strangeEmail }) => [form({ email: strangeEmail, password: TEST_PASSWORD })],
  "/account": ({ sessionId }) => [
    form({ intent: "end", session: `${sessionId}` }),
    form({ intent: "end-others" }),
    form({
      intent: "password",
      current: TEST_PASSWORD,
      new: TEST_PASSWORD,
      repeated: TEST_PASSWORD,
    }),
  ],
  // A good link would be used up.
  "/invite/:link": () => [form({ password: TEST_PASSWORD, repeated: "something else" })],
  "/setup": () => [
    form({
      company: "Another",
      name: "Somebody",
      email: `somebody${++count}@another.test`,
      password: TEST_PASSWORD,
      repeated: TEST_PASSWORD,
      code: setupCode(env.SESSION_SECRET[0] ?? ""),
    }),
  ],
  "/conversations/:conversationId": ({ messageId, failedIds: [retried, discarded] }) => [
    form({ intent: "read", through: `${messageId}` }),
    form({ intent: "send", key: randomUUID(), text: "Hello" }),
    formWithFile({ intent: "send", key: randomUUID(), text: "Hello" }),
    form({ intent: "retry", message: `${retried}` }),
    form({ intent: "discard", message: `${discarded}` }),
  ],
  "/lite": () => [form({ lite: "on", back: "/" })],
  "/admin/numbers": () => [
    form({ ...changedNumber(), phoneNumberId: `30654035220${1000 + ++count}` }),
  ],
  "/admin/numbers/:accountId": () => [form(changedNumber())],
  "/admin/people": () => [
    form({ name: "Somebody", email: `somebody${++count}@new.test`, role: "admin" }),
  ],
  "/admin/people/:userId": ({ accountId }) => [
    form({ intent: "name", name: "Somebody Else" }),
    form({ intent: "role", role: "admin" }),
    form({ intent: "numbers", account: `${accountId}` }),
    form({ intent: "link" }),
    form({ intent: "deactivate" }),
    form({ intent: "reactivate" }),
  ],
};

export function form(fields: Record<string, string>): PostedForm {
  const body = new URLSearchParams(fields).toString();
  return { type: "application/x-www-form-urlencoded", body };
}

function formWithFile(fields: Record<string, string>): PostedForm {
  const part = (disposition: string, content: string) =>
    `--${BOUNDARY}\r\nContent-Disposition: form-data; ${disposition}\r\n\r\n${content}\r\n`;
  const parts = Object.entries(fields).map(([name, value]) => part(`name="${name}"`, value));
  const file = part('name="file"; filename="note.txt"\r\nContent-Type: text/plain', "A note.");
  const body = `${parts.join("")}${file}--${BOUNDARY}--\r\n`;
  return { type: `multipart/form-data; boundary=${BOUNDARY}`, body };
}

function changedNumber() {
  return { name: "Changed", displayPhoneNumber: "+1 555 010 7999", retention: "1 hour" };
}
