/** Which of the names that exist somebody meant who wrote another. */

/** The candidate that `word` was probably meant to be; undefined where none is near. */
export function meant(word: string, candidates: Iterable<string>): string | undefined {
  let best: { candidate: string; distance: number } | undefined;
  const most = word.length < 4 ? 0.5 : word.length < 9 ? 1 : 2;
  for (const candidate of candidates) {
    if (candidate === word || Math.abs(candidate.length - word.length) > most + 1) continue;
    const distance = distanceOf(word, candidate, most);
    if (distance <= most && distance < (best?.distance ?? Number.POSITIVE_INFINITY))
      best = { candidate, distance };
  }
  return best?.candidate;
}

/** Names that differ only in case or in `_` and `-` are at distance 0.5. */
export function distanceOf(a: string, b: string, most: number): number {
  const plain = (text: string) => text.toLowerCase().replace(/[-_]/g, "");
  if (plain(a) === plain(b)) return 0.5;
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  let before = row;
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min(
        (before.length > 0 ? (row[j - 1] ?? 0) : 0) + (same ? 0 : 1),
        (row[j] ?? 0) + 1,
        (next[j - 1] ?? 0) + 1,
      );
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      next.push(cost);
    }
    if (Math.min(...next) > most) return most + 1;
    before = row;
    row = next;
  }
  return row[b.length] ?? 0;
}
