/** An implementation that answers one kind of question wrongly, whatever room it is asked in. */
import type { Party } from "../../variants/index.ts";
import type { Faculties } from "../faculties.ts";

export interface AnswerDefect {
  readonly kind: "defect";
  readonly id: string;
  readonly says: string;
  /** Who makes the mistake. */
  readonly party: Party;
  /** Requirements that it breaks, by their ids. */
  readonly breaks: readonly string[];
  /** What it has of the model's faculties, and what it has instead. */
  readonly mistaken: (honest: Faculties) => Faculties;
}

export type Row = readonly [
  id: string,
  says: string,
  breaks: readonly string[],
  instead: (honest: Faculties) => Partial<Faculties>,
];

export function by(party: Party, rows: readonly Row[]): readonly AnswerDefect[] {
  return rows.map(([id, says, breaks, instead]) => ({
    kind: "defect",
    id,
    says,
    party,
    breaks,
    mistaken: (honest) => ({ ...honest, ...instead(honest) }),
  }));
}
