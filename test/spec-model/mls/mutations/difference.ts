/** Where two decoded structures differ. */

/** The paths of the fields that are not the same in both, `[]` standing for any index. */
export function differences(a: unknown, b: unknown, path = ""): string[] {
  if (a instanceof Uint8Array && b instanceof Uint8Array) {
    const same = a.length === b.length && a.every((octet, i) => octet === b[i]);
    return same ? [] : [path];
  }
  if (Array.isArray(a) && Array.isArray(b)) {
    if (a.length !== b.length) return [path];
    return [...new Set(a.flatMap((item, i) => differences(item, b[i], `${path}[]`)))];
  }
  if (isRecord(a) && isRecord(b)) {
    const names = [...new Set([...Object.keys(a), ...Object.keys(b)])];
    return names.flatMap((name) => differences(a[name], b[name], path === "" ? name : `${path}.${name}`));
  }
  return a === b ? [] : [path];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !(value instanceof Uint8Array);
}
