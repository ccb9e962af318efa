/** What travels between nodes, and the direction in which it does. */

/** One direction between two nodes. */
export interface Link {
  readonly from: string;
  readonly to: string;
}

/** What a node hands to the network. `about` is the sender's, and reaches the receiver as it is. */
export interface Outgoing<About> {
  readonly from: string;
  readonly to: string;
  readonly bytes: Uint8Array;
  readonly about: About;
}

/** An envelope on its way. Ids count from 1 over the whole network; a copy has an id of its own. */
export interface Envelope<About> extends Outgoing<About> {
  readonly id: number;
  /** The id of the envelope that this one is a copy of. */
  readonly copyOf?: number;
}
