/** Characters; NIST SP 800-63B asks for no less, and for no rules about kinds of characters. */
export const MIN_PASSWORD_LENGTH = 12;
export const MAX_PASSWORD_LENGTH = 1_024;

/**
 * @param repeated as typed a second time
 * @returns what is wrong with a password that somebody chose, in words for them; undefined when nothing is
 */
export function newPasswordProblem(password: string, repeated: string): string | undefined {
  if (password.length < MIN_PASSWORD_LENGTH) {
    return `Choose a password of at least ${MIN_PASSWORD_LENGTH} characters. A few words are good.`;
  }
  if (password.length > MAX_PASSWORD_LENGTH) {
    return `Choose a password of at most ${MAX_PASSWORD_LENGTH} characters.`;
  }
  return password === repeated ? undefined : "The two passwords are not the same. Type them again.";
}
