/** @returns a row's id out of a path or query, or undefined when it can't be one */
export function numericId(value: string | null | undefined): number | undefined {
  return value && /^[1-9]\d{0,14}$/.test(value) ? Number(value) : undefined;
}
