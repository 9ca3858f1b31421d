/** Reads a number above 0. @throws naming the option */
export function positive(name: string, text: string): number {
  const value = Number(text);
  if (!(value > 0 && Number.isFinite(value))) {
    throw new Error(`--${name} must be a number above 0, not ${text}`);
  }
  return value;
}
