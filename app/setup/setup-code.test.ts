import { expect, it } from "vitest";
import { isSetupCode, setupCode } from "./setup-code.ts";

const SECRET = "test-session-secret-test-session-secret";
const code = setupCode(SECRET);

it("the code is the same in each process, another with another secret, and easy to copy", () => {
  expect(setupCode(SECRET)).toBe(code);
  expect(setupCode(`${SECRET}.`)).not.toBe(code);
  expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{5}-){3}[0-9A-HJKMNP-TV-Z]{5}$/);
});

it("it is taken in any case, with or without dashes, and with letters for the digits they look like", () => {
  for (const typed of [
    code.toLowerCase(),
    code.replaceAll("-", ""),
    ` ${code.replaceAll("-", " ")}\n`,
    code.replaceAll("0", "o").replaceAll("1", "l"),
  ]) {
    expect(isSetupCode(typed, SECRET)).toBe(true);
  }
});

it("nothing else is taken", () => {
  for (const typed of ["", code.slice(1), `${code}0`, setupCode(`${SECRET}.`), "é".repeat(20)]) {
    expect(isSetupCode(typed, SECRET)).toBe(false);
  }
});
