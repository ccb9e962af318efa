/** Proposals and commits as a hub or a joiner judges them. RFC 9420 §12, mls-extensions §4.5 to §4.8, §5 and §6.3 */
import { hex } from "../../../spec-model/bytes.ts";
import { MLSMessage, type Proposal } from "../../../spec-model/mls/index.ts";
import { applicationIn, followed } from "../../adapters/typescript/crypto/follow.ts";
import type { Json, VectorCase, VectorGroup } from "../../format/case.ts";
import { positive } from "../cases.ts";
import { topicUpdate } from "./group.ts";
import {
  able,
  committed,
  foundHandshakeGroup,
  type HandshakeGroup,
  inputOf,
  knownComponents,
  proposedByBob,
  proposedByHub,
} from "./handshake-group.ts";
import {
  adding,
  componentPsk,
  ephemeral,
  referenceOf,
  replaced,
  second,
  unchanged,
} from "./handshake-proposals.ts";
import { wrongHandshakes } from "./handshakes-wrong.ts";
import { grease } from "./key-package-made.ts";
import type { Scene } from "./keys.ts";

export function handshakeGroups(scenes: readonly Scene[]): VectorGroup[] {
  return scenes.map((scene) => {
    const group = foundHandshakeGroup(scene);
    const tests = kinds(group).map((kind) => valid(group, idOf(scene, kind.slug), kind));
    return {
      operation: "group.follow",
      comment: `Handshakes of Alice's, Bob's and the hub's in a group of cipher suite ${scene.suite.id}`,
      input: { cipherSuite: scene.suite.id, ...knownComponents, ...inputOf(group) },
      tests: [...tests, ...wrongHandshakes(group, new Map(tests.map((each) => [slugOf(each), each])))],
    };
  });
}

export interface Kind {
  readonly slug: string;
  readonly comment: string;
  readonly message: MLSMessage;
  readonly pending?: readonly MLSMessage[];
  readonly requirements?: readonly string[];
  readonly level?: "MAY";
}

const extensions = (...ids: readonly string[]) => ids.map((id) => `mls-extensions-${id}`);

const idOf = (scene: Scene, slug: string) => `handshake-${scene.mark}-${slug}`;

function slugOf({ id }: VectorCase): string {
  return id.replace(/^handshake-s\d-/, "");
}

const named = topicUpdate;

function kinds(group: HandshakeGroup): Kind[] {
  const { scene } = group;
  const kind = (slug: string, comment: string, message: MLSMessage, ...requirements: string[]): Kind => ({
    slug,
    comment,
    message,
    requirements,
  });
  const commit = (slug: string, comment: string, proposals: readonly Proposal[], ...requirements: string[]) =>
    kind(slug, comment, committed(group, slug, proposals), ...requirements);
  const leaving = proposedByBob(group, { proposalType: "self_remove" });
  const byHub = proposedByHub(group, named("Closing time"));
  const referring = (slug: string, pending: MLSMessage, state = group.alice) => {
    const reference = referenceOf(scene, pending);
    const withPending = {
      ...group,
      alice: { ...state, pendingProposals: pendingOf(group, pending, reference) },
    };
    return committed(withPending, slug, []);
  };
  return [
    commit(
      "update",
      "a commit that changes two components",
      [named("Chess"), second],
      ...extensions("4.7-no-path"),
    ),
    commit("ephemeral", "a commit with data for a component that keeps none", [ephemeral]),
    {
      ...commit(
        "context-extensions",
        "a commit that lists a follower among the external senders and leaves the dictionary as it is",
        [replaced(group, unchanged)],
        ...extensions("4.7-not-by-context-extensions"),
        "protocol-7.4-follower-listed",
        "protocol-7.4-external-senders",
      ),
      level: "MAY",
    },
    {
      ...kind(
        "self-remove",
        "a commit that covers Bob's SelfRemove",
        referring("self-remove", leaving.message),
        ...extensions("6.3.1-by-reference", "6.3.1-public", "6.3.1-needs-path", "6.3.1-supported-by-all"),
      ),
      pending: [leaving.message],
    },
    commit("remove", "a commit that removes Cathy", [{ proposalType: "remove", removed: group.cathy }]),
    commit("add", "a commit that adds Dave", [adding(scene)]),
    commit(
      "add-grease",
      "a commit that adds a client which lists values that nobody knows",
      [
        adding(scene, {
          ...able,
          extensions: [...able.extensions, grease.two],
          proposals: [grease.two, ...able.proposals],
        }),
      ],
      ...extensions("5.1-unknown-capabilities"),
    ),
    commit(
      "component-psk",
      "a commit with a pre-shared key of a component",
      [componentPsk(scene, "first")],
      ...extensions("4.5-component-psk"),
    ),
    kind("path", "a commit without proposals", committed(group, "path", [], true)),
    kind("proposal", "a proposal of Bob's", proposedByBob(group, named("Draughts")).message),
    kind("external-proposal", "a proposal of the hub's", byHub, ...extensions("4.7-external")),
    {
      ...kind(
        "external",
        "a commit that covers a proposal of the hub's",
        referring("external", byHub),
        ...extensions("4.7-external"),
      ),
      pending: [byHub],
    },
  ];
}

function pendingOf(group: HandshakeGroup, message: MLSMessage, reference: Uint8Array) {
  if (message.wireFormat !== "mls_public_message") throw new Error("no PublicMessage");
  const { content, auth } = message.publicMessage;
  if (content.contentType !== "proposal") throw new Error("no proposal");
  const { proposal, sender } = content;
  const entry = { reference, proposal, sender, message: { wireFormat: message.wireFormat, content, auth } };
  return new Map([...group.alice.pendingProposals, [hex(reference), entry] as const]);
}

export function valid(
  group: HandshakeGroup,
  id: string,
  { comment, message, pending, requirements = [], level }: Kind,
): VectorCase {
  const { scene } = group;
  const input = {
    message: hex(MLSMessage.encode(message)),
    ...(pending === undefined ? {} : { pending: pending.map((each) => hex(MLSMessage.encode(each))) }),
  };
  const whole = { cipherSuite: scene.suite.id, ...knownComponents, ...inputOf(group), ...input };
  return positive({
    id,
    comment,
    requirements,
    outcome: "valid",
    ...(level === undefined ? {} : { level }),
    input,
    output: followed(whole, applicationIn(whole)),
    view: viewOf(message),
  });
}

function viewOf(message: MLSMessage): Json {
  if (message.wireFormat !== "mls_public_message") return {};
  const { content, auth } = message.publicMessage;
  const { signature } = auth;
  if (content.contentType !== "commit")
    return { signature: hex(signature), contentType: content.contentType };
  const proposals = content.commit.proposals.map((each) =>
    each.type === "reference" ? `reference ${hex(each.reference)}` : `${each.proposal.proposalType}`,
  );
  return {
    signature: hex(signature),
    contentType: "commit",
    proposals,
    hasPath: content.commit.path !== undefined,
  };
}
