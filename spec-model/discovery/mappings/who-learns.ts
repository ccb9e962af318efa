/** Who learns what when a sender looks up an identifier, for each way of doing it. R6 */

export type Party = "sender" | "senderProvider" | "discoveryProvider" | "issuer" | "targetProvider";
export type Fact =
  /** Who is looking. */
  | "sender"
  /** Which provider somebody is looking from. */
  | "senderProvider"
  | "identifier"
  | "mappings"
  /** That somebody looks up something now. */
  | "occasion";

export type Way =
  /** Sealed to the discovery provider, through the sender's provider: what the model does. */
  | "sealedThroughRelay"
  /** The sender asks the discovery provider itself: forbidden, and here to show that the check notices. */
  | "direct"
  /** Through the sender's provider, for it to read: it is the sender's provider that learns both ends. */
  | "openThroughRelay";

export const whoLearns: Readonly<Record<Way, Readonly<Partial<Record<Party, readonly Fact[]>>>>> = {
  sealedThroughRelay: {
    sender: ["sender", "senderProvider", "identifier", "mappings", "occasion"],
    senderProvider: ["sender", "senderProvider", "occasion"],
    discoveryProvider: ["senderProvider", "identifier", "mappings", "occasion"],
  },
  direct: {
    sender: ["sender", "senderProvider", "identifier", "mappings", "occasion"],
    discoveryProvider: ["sender", "senderProvider", "identifier", "mappings", "occasion"],
  },
  openThroughRelay: {
    sender: ["sender", "senderProvider", "identifier", "mappings", "occasion"],
    senderProvider: ["sender", "senderProvider", "identifier", "mappings", "occasion"],
    discoveryProvider: ["senderProvider", "identifier", "mappings", "occasion"],
  },
};

/** Everybody but the sender who learns who is looking for whom. */
export function partiesWithBothEnds(way: Way): Party[] {
  const learned = Object.entries(whoLearns[way]) as [Party, readonly Fact[]][];
  return learned
    .filter(
      ([party, facts]) => party !== "sender" && facts.includes("sender") && facts.includes("identifier"),
    )
    .map(([party]) => party);
}
