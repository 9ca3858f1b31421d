import { requestWith, signIn } from "#tests/support/sign-in.server.ts";

type Params = Record<string, string>;
type Somebody = { companyId: number; id: number };

const asked = (request: Request, params: Params) => ({
  request,
  params,
  context: { clientAddress: "192.0.2.7" },
});

/** For tests: what a loader is asked by somebody who is signed in, or by nobody. */
export async function get(somebody: Somebody | undefined, path = "/admin", params: Params = {}) {
  const cookie = somebody && (await signIn(somebody));
  return asked(requestWith(cookie, path), params);
}

/** For tests: the same for an action. */
export async function post(
  somebody: Somebody | undefined,
  fields: Record<string, string> | [string, string][],
  params: Params = {},
) {
  const body = new URLSearchParams(fields).toString();
  const headers = {
    "Content-Type": "application/x-www-form-urlencoded",
    "Content-Length": String(body.length),
    ...(somebody && { Cookie: await signIn(somebody) }),
  };
  const request = new Request("https://inbox.test/admin", { method: "POST", headers, body });
  return asked(request, params);
}

/** For tests: the parameters of a number's or a person's page. */
export const at = (id: number | string) => ({ accountId: `${id}`, userId: `${id}` });

/** For tests: a number's form, filled in. */
export const number = {
  phoneNumberId: "306540352242801",
  name: "Main",
  displayPhoneNumber: "+1 555 010 0011",
  retention: "1 hour",
};
