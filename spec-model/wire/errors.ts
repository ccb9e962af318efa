/** What goes wrong when bytes are not what a wire format says, or a value cannot be written in it. */

/** One step into a structure: a field's name as the draft spells it, or an index into a vector. */
export type PathStep = string | number;

abstract class WireError extends Error {
  /** The outermost structure that was being read or written; empty for a bare type. */
  structure = "";
  /** From the outermost structure inwards. */
  readonly path: PathStep[] = [];
  /** What the format wants at this place. */
  readonly expected: string;
  /** What was there instead. */
  readonly found: string;

  constructor(expected: string, found: string) {
    super();
    this.expected = expected;
    this.found = found;
  }

  /** Records that the error lies within `step` of `structure`. Called from the inside out, as reading unwinds. */
  within(structure: string, step: PathStep): this {
    if (structure !== "") this.structure = structure;
    this.path.unshift(step);
    return this;
  }

  /** The place in the drafts' spelling: `KeyMaterialRequest.clients[3].clientUri`. */
  get place(): string {
    return this.path.reduce<string>((text, step) => {
      if (typeof step === "number") return `${text}[${step}]`;
      return text === "" ? step : `${text}.${step}`;
    }, this.structure);
  }

  protected prefix(): string {
    return this.place === "" ? "" : `${this.place}: `;
  }
}

/** The bytes are not an encoding of the type. `offset` counts from the start of what was given to `decode`. */
export class DecodeError extends WireError {
  override readonly name = "DecodeError";
  readonly offset: number;

  constructor(offset: number, expected: string, found: string) {
    super(expected, found);
    this.offset = offset;
  }

  override get message(): string {
    return `${this.prefix()}${this.found} at byte ${this.offset} (${this.expected})`;
  }
}

/** The value has no encoding: a programming error of whoever built it, not of a peer. */
export class EncodeError extends WireError {
  override readonly name = "EncodeError";

  override get message(): string {
    return `${this.prefix()}${this.found} (${this.expected})`;
  }
}
