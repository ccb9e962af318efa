/** Sentences of the drafts that have a keyword of BCP 14 and are no requirement all the same. */

export interface NotRequirement {
  readonly draft: string;
  readonly section: string;
  readonly fingerprint: string;
  readonly because: string;
}

export const notRequirements: readonly NotRequirement[] = [
  {
    draft: "content-09",
    section: "8.2.1",
    fingerprint: "fa198fde3f6e9490",
    because: "explains a value of a registry's column; nobody has to do anything",
  },
];
