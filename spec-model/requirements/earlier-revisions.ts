/**
 * Where a sentence read otherwise in the revision before the one that is modelled, so that copies of either can be
 * compared with the catalogue.
 */

export interface EarlierRevision {
  readonly revision: string;
  /** For the fingerprint of a sentence that was changed, the one that it had in this revision. */
  readonly changed: Readonly<Record<string, string>>;
}

/** By the short name of the revision that is modelled. */
export const earlierRevisions: Readonly<Record<string, EarlierRevision>> = {
  // Corrections of spelling and of wrong words, and the unit of a length; no requirement has changed.
  "content-09": {
    revision: "content-08",
    changed: {
      "96bc42bb0a735b07": "4a0e8d62d753729c",
      d3544d9a1bcc2fa4: "fdf9df6614a62ee8",
      "8d7b4c37905b5cf0": "2679fb8bccbb5ba0",
      eb7279b016ab65be: "6a4df80c8703ae3a",
    },
  },
  "room-policy-04": {
    revision: "room-policy-03",
    changed: { "3b170650ee461475": "c44d83545a0007cc" },
  },
  // Revision 03 could not be compared sentence by sentence; these are the sentences of 02.
  "arch-03": { revision: "arch-02", changed: {} },
};
