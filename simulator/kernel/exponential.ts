/**
 * Exponentially distributed draws without a logarithm, whose last bit engines may round differently: von Neumann's
 * comparison method (1951) needs nothing but uniform numbers and comparisons, and is exact.
 */

/** A draw from the exponential distribution with mean 1. `uniform` gives independent numbers in [0,1). */
export function standardExponential(uniform: () => number): number {
  for (let whole = 0; ; whole++) {
    const first = uniform();
    let last = first;
    let length = 1;
    for (let next = uniform(); next < last; next = uniform()) {
      last = next;
      length++;
    }
    // A falling run of odd length starts at x with a probability proportional to e^-x; an even one is worth a whole 1.
    if (length % 2 === 1) return whole + first;
  }
}
