/** How evidence is written down: the rule in the model that obeys a requirement, and the test that checks it. */

export interface RuleLink {
  readonly kind: "rule";
  /** From the repository's root, e.g. `spec-model/hub/room-rules.ts`. */
  readonly file: string;
  /** An exported function, or the code of a rule. */
  readonly name: string;
}

export interface TestLink {
  readonly kind: "test";
  readonly file: string;
  /** The test's sentence as it stands in the file. */
  readonly title: string;
  /** Which of the cases of a test that is run for several, as it stands in the test's folder. */
  readonly case?: string;
}

export type Link = RuleLink | TestLink;

/** For the identifier of a requirement what shows that it is obeyed. */
export type EvidenceByRequirement = Readonly<Record<string, readonly [Link, ...Link[]]>>;

/** Rules of one file of the model; `path` is below spec-model/. */
export function rulesOf(path: string): (name: string) => RuleLink {
  return (name) => ({ kind: "rule", file: `spec-model/${path}`, name });
}

/** Tests of one file; `path` is below test/, without `.test.ts`. */
export function testsOf(path: string): (title: string, oneCase?: string) => TestLink {
  const file = `test/${path}.test.ts`;
  return (title, oneCase) => ({
    kind: "test",
    file,
    title,
    ...(oneCase === undefined ? {} : { case: oneCase }),
  });
}
