/** A grid of characters that grows downward. */

export interface Canvas {
  /** Writes `text` with its first character in `column`. */
  write(row: number, column: number, text: string): void;
  /** Whether nothing was written in `row` from `start` up to, not including, `end`. */
  isFree(row: number, start: number, end: number): boolean;
  /** The number of rows in use. */
  height(): number;
  /** The rows over a ground of lifelines, without spaces at their ends. */
  lines(lifelines: readonly number[]): readonly string[];
}

export function createCanvas(): Canvas {
  const rows: string[][] = [];
  return {
    write(row, column, text) {
      while (rows.length <= row) rows.push([]);
      for (const [i, sign] of [...text].entries()) (rows[row] as string[])[column + i] = sign;
    },
    isFree(row, start, end) {
      return (rows[row]?.slice(start, end) ?? []).every((sign) => sign === undefined);
    },
    height: () => rows.length,
    lines: (lifelines) => rows.map((row) => overLifelines(row, lifelines)),
  };
}

function overLifelines(row: readonly (string | undefined)[], lifelines: readonly number[]): string {
  const length = Math.max(row.length, (lifelines.at(-1) ?? -1) + 1);
  const signs = Array.from({ length }, (_, i) => row[i] ?? (lifelines.includes(i) ? "|" : " "));
  return signs.join("").trimEnd();
}
