/** Welcomes to groups that are not what a closed group goes on in: its founder makes them with one thing wrong. RFC 9420 §11.2 */
import type { Input } from "../../../spec-model/actor.ts";
import { equalBytes, hex } from "../../../spec-model/bytes.ts";
import { FanoutMessage } from "../../../spec-model/fan-out/index.ts";
import {
  type CommitOptions,
  type CommitResult,
  KeyPackage,
  keyPackageRef,
  type Member,
  type MlsApplication,
  type MlsLayer,
  type Proposal,
  realMls,
  toRatchetTreeExtension,
  Welcome,
} from "../../../spec-model/mls/index.ts";
import { type ClientIntention, type ClientState, stepClient } from "../../../spec-model/participant/index.ts";
import { expandEntropy } from "../../../spec-model/random.ts";
import { attempt, isRefused } from "../../../spec-model/room/index.ts";
import { UpdateRequest } from "../../../spec-model/update/index.ts";
import type { Json } from "../../format/case.ts";
import { type ClientFlowStep, isDelivery } from "../../format/flow-steps.ts";
import type { ClientFlow } from "./client-flow.ts";
import { octetsIn } from "./damage.ts";
import type { FlowFault } from "./provider-faults.ts";
import type { RecordedStep, Recording } from "./record.ts";

/** What somebody commits in the successor's first epoch. */
interface FirstCommit {
  readonly member: Member;
  readonly options: CommitOptions;
  readonly app: MlsApplication;
}

interface Wrong {
  readonly slug: string;
  readonly path: string;
  readonly op: string;
  /** undefined: nothing can be wrong in this way. */
  readonly proposals: (right: readonly Proposal[], welcomed: readonly string[]) => Proposal[] | undefined;
}

const wrongs: readonly Wrong[] = [
  {
    slug: "successor-without-link",
    path: "GroupSecrets.psks",
    op: "a Welcome to the group that was announced has no link to the one that was closed",
    proposals: (right) => right.filter(({ proposalType }) => proposalType !== "psk"),
  },
  {
    slug: "successor-of-another-epoch",
    path: "PreSharedKeyID.psk_epoch",
    op: "a Welcome is linked to the epoch before the one that the ReInit has begun",
    proposals: (right) =>
      right.map((each) =>
        each.proposalType === "psk" && each.psk.psktype === "resumption"
          ? { ...each, psk: { ...each.psk, pskEpoch: each.psk.pskEpoch - 1n } }
          : each,
      ),
  },
  {
    slug: "successor-without-somebody",
    path: "GroupInfo.group_context.tree_hash",
    op: "the group that a Welcome is to lacks a client that was in the closed one",
    proposals(right, welcomed) {
      const isOther = (each: Proposal) =>
        each.proposalType === "add" && !welcomed.includes(referenceOf(each.keyPackage));
      const left = right.find(isOther);
      return left && right.filter((each) => each !== left);
    },
  },
];

/** One for each thing that can be wrong with the first Welcome to a room that the client has been in. */
export function successorFaults({ actors }: Recording, { setup, steps, outputs }: ClientFlow): FlowFault[] {
  const at = steps.findIndex(
    (step, i) => isDelivery(step) && outputs[i - 1]?.epoch != null && welcomeIn(step) !== undefined,
  );
  const step = steps[at];
  if (step === undefined || !isDelivery(step) || steps[at - 1]?.room !== step.room) return [];
  const welcome = welcomeIn(step);
  const everything = [...actors.values()].flatMap((actor) => actor.steps);
  const founded = welcome && everything.find((each) => sends(each, welcome));
  const first = founded && firstCommitIn(founded);
  if (first === undefined) return [];
  const welcomed = setup.keyPackages.map(({ keyPackage }) =>
    referenceOf(KeyPackage.decode(octetsIn(keyPackage))),
  );
  return wrongs.flatMap(({ slug, path, op, proposals }): FlowFault[] => {
    const wrong = proposals(first.options.proposals ?? [], welcomed);
    const made = wrong && committed(first, wrong, slug);
    if (made?.welcome === undefined) return [];
    const insert = [withWelcome(step, made, made.welcome) as unknown as Json];
    return [{ slug, flag: "Successor", path, op, change: { at, remove: 1, insert }, isRefused: true }];
  });
}

function welcomeIn({ message }: ClientFlowStep): Welcome | undefined {
  const fanned = attempt(() => FanoutMessage.decode(octetsIn(message)));
  return !isRefused(fanned) && fanned.message.wireFormat === "mls_welcome"
    ? fanned.message.welcome
    : undefined;
}

function sends({ outputs }: RecordedStep, welcome: Welcome): boolean {
  return outputs.some((output) => {
    if (output.type !== "local" || output.message.type !== "ask") return false;
    if (output.message.operation !== "update") return false;
    const { bundle } = UpdateRequest.decode(output.message.body);
    const own = "welcome" in bundle ? bundle.welcome : undefined;
    return own !== undefined && equalBytes(Welcome.encode(own), Welcome.encode(welcome));
  });
}

/** Takes the founder's step again, and keeps what it commits, where that links its group to another one. */
function firstCommitIn({ at, input, entropy, before }: RecordedStep): FirstCommit | undefined {
  let first: FirstCommit | undefined;
  const watched: MlsLayer = {
    ...realMls,
    commit(member, options, app, random) {
      if (options.proposals?.some(({ proposalType }) => proposalType === "psk"))
        first = { member, options, app };
      return realMls.commit(member, options, app, random);
    },
  };
  stepClient(before as ClientState, input as Input<ClientIntention>, { now: at, entropy }, watched);
  return first;
}

function committed({ member, options, app }: FirstCommit, proposals: readonly Proposal[], purpose: string) {
  const random = expandEntropy(member.groupContext.groupId, purpose);
  return realMls.commit(member, { ...options, proposals }, app, random);
}

function withWelcome(
  step: ClientFlowStep,
  { ratchetTree }: Pick<CommitResult, "ratchetTree">,
  welcome: Welcome,
): ClientFlowStep {
  const { timestamp } = FanoutMessage.decode(octetsIn(step.message));
  const message = FanoutMessage.encode({
    timestamp,
    message: { version: "mls10", wireFormat: "mls_welcome", welcome },
    ratchetTreeOption: { representation: "full", ratchetTree: toRatchetTreeExtension(ratchetTree) },
  });
  return { ...step, message: hex(message) };
}

function referenceOf(keyPackage: KeyPackage): string {
  return hex(keyPackageRef(realMls.suite(keyPackage.cipherSuite), keyPackage));
}
