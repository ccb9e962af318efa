/** One member in the long walk: its state, what has been sent to it, and how it takes messages in. */
import {
  type ComputeOutcome,
  type MemberState,
  MLSMessage,
  type MlsApplication,
  MlsError,
  type MlsErrorCode,
  type Received,
  receive,
} from "../../../../spec-model/mls/index.ts";
import type { Counts } from "./counts.ts";
import type { Fate } from "./plan.ts";

/** A message as it was sent. */
export interface Broadcast {
  readonly octets: Uint8Array;
  readonly kind: "proposal" | "application" | "commit";
  readonly from: string | undefined;
}

interface Waiting extends Broadcast {
  /** With a commit: what its epoch's members had proposed. */
  readonly proposals?: readonly Broadcast[];
  /** Whether the network has sent it before. */
  readonly again?: boolean;
}

export class Seat {
  readonly name: string;
  state: MemberState;
  /** Whether it holds a commit back for a round. */
  lagging = false;
  removed = false;
  private queue: Waiting[] = [];
  private delayed: Waiting[] = [];
  private readonly counts: Counts;

  constructor(name: string, state: MemberState, counts: Counts) {
    this.name = name;
    this.state = state;
    this.counts = counts;
  }

  /** A message of the epoch is on its way; it can overtake others of the epoch. */
  expect(message: Broadcast, fate: Fate, below: (limit: number) => number): void {
    if (fate === "lost") return;
    if (fate === "late") {
      this.delayed.push(message);
      return;
    }
    const first = this.queue.findLastIndex(({ kind }) => kind === "commit") + 1;
    this.queue.splice(first + below(this.queue.length - first + 1), 0, message);
    if (fate === "twice") this.queue.push({ ...message, again: true });
  }

  /** The commit that ends the epoch, behind all that overtook it and ahead of all that comes late. */
  endEpoch(commit: Waiting): void {
    if (commit.from !== this.name) this.queue.push(commit);
    this.queue.push(...this.delayed);
    this.delayed = [];
  }

  /** Takes in all that waits; `entered` is told of each new epoch. */
  catchUp(
    app: MlsApplication,
    computeOutcome: ComputeOutcome | undefined,
    entered: (state: MemberState) => void,
  ): void {
    for (const message of this.queue.splice(0)) {
      if (this.removed) return;
      const heard = this.take(message, app, computeOutcome);
      if (heard?.kind === "commit") entered(this.state);
      if (heard?.kind === "removed") this.removed = true;
    }
  }

  /** What it makes of a message, undefined where it has read it before. Refusals that are not expected are thrown. */
  take(
    message: Waiting,
    app: MlsApplication,
    computeOutcome: ComputeOutcome | undefined,
  ): Received | undefined {
    const before = this.state;
    try {
      const heard = receive(this.state, MLSMessage.decode(message.octets), app, computeOutcome);
      this.state = heard.state;
      const isLate = heard.message.content.epoch < before.groupContext.epoch;
      if (isLate) this.counts.note("read in a later epoch");
      return heard;
    } catch (error) {
      if (!(error instanceof MlsError)) throw error;
      if (this.state !== before) throw new Error("a refusal changed the state");
      this.counts.note(`refused, ${error.code}`);
      if (error.code === "generationUsed" && message.again) return undefined;
      if (error.code !== "unknownProposal" || message.proposals === undefined) throw error;
      this.askAgain(message.proposals, app);
      return this.take({ ...message, proposals: [] }, app, computeOutcome);
    }
  }

  /** Refuses a message with this code and stays as it is. */
  mustRefuse(message: Broadcast, code: MlsErrorCode, app: MlsApplication): void {
    try {
      receive(this.state, MLSMessage.decode(message.octets), app);
    } catch (error) {
      if (!(error instanceof MlsError) || error.code !== code) throw error;
      this.counts.note(`refused, ${code}`);
      return;
    }
    throw new Error(`${this.name} does not refuse with ${code}`);
  }

  private askAgain(proposals: readonly Broadcast[], app: MlsApplication): void {
    for (const proposal of proposals) {
      if (proposal.from !== this.name) this.take({ ...proposal, again: true }, app, undefined);
    }
  }
}
