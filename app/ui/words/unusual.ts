/** The fields of a value that are not as usual; an empty list is. */
export function unusual(value: object, usual: object): object {
  const known = usual as Record<string, unknown>;
  const kept: Record<string, unknown> = {};
  for (const [key, field] of Object.entries(value)) {
    const isUsual = Array.isArray(field) ? field.length === 0 : field === known[key];
    if (!isUsual || !(key in known)) kept[key] = field;
  }
  return kept;
}
