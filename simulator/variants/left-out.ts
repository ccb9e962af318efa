/** Questions that the drafts leave open and that no variant answers otherwise, each with the reason. */
export interface LeftOut {
  readonly question: string;
  readonly because: string;
}

export const leftOut: readonly LeftOut[] = [
  {
    question:
      "May an external commit carry an AppDataUpdate by reference? (protocol-06 §5.6, mls-extensions §4.7)",
    because:
      "RFC 9420 §12.4.3.2 has every receiver refuse it: a client that did so would join nothing, and what it comes to is in the finding half-a-leave",
  },
  {
    question: "What does a client do that cannot process what the hub has accepted? (protocol-06 §5.3)",
    because:
      "a refusal that makes the hub go back is a new message and a new rule, and no reading of the drafts; without them it is stranded",
  },
  {
    question: "Does a notify say which place its events have in the room's list? (protocol-06 §5.5)",
    because: "no FanoutMessage has a field for it; hub.order has both ways to send without one",
  },
  {
    question:
      "Does a hub ask the target's provider for its consent when the commit comes? (protocol-06 §5.2)",
    because:
      "there is no message to ask with; introduction.consentAt has what providers can do by themselves, at the claim and at the Welcome",
  },
  {
    question: "Whom does a Welcome go to whose KeyPackage did not pass the hub? (protocol-06 §5.2, §5.7)",
    because:
      "no client of the model makes one; a hub that routes by the credential's domain would need KeyPackages that travel with a grant",
  },
  {
    question:
      "Is a join code spent when the GroupInfo is given out, or when the commit is accepted? (room-policy-04 §6.2)",
    because:
      "the external commit rests on the code that was shown for the GroupInfo: one that is spent by then would let nobody in",
  },
];
