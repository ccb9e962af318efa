/**
 * One object for equal values: members that came to an epoch in different ways, by a commit or by a Welcome, share its
 * GroupContext, tree and keys, so that what is remembered of one is remembered for all.
 */
import { textOfName } from "./fingerprint.ts";
import { contextName, treeName } from "./names.ts";

/** The GroupContext that was met first of those that say the same. */
export const oneContext = interning(contextName);

/** The tree that was met first of those with the same leaves. */
export const oneTree = interning(treeName);

const limit = 32;

/** Gives for each value the first one that had its name, as long as that is among the latest. */
export function interning<T>(nameOf: (value: T) => Uint8Array): (value: T) => T {
  const known = new Map<string, T>();
  return (value) => {
    const name = textOfName(nameOf(value));
    const first = known.get(name);
    if (first !== undefined) return first;
    known.set(name, value);
    for (const oldest of known.keys()) {
      if (known.size <= limit) break;
      known.delete(oldest);
    }
    return value;
  };
}
