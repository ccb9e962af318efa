/** A room whose handshakes followers cannot read: what leaves its clients, and what its hub takes. protocol-06 §5.3 */
import { describe, expect, it } from "vitest";
import { run } from "../../../simulator/run/index.ts";
import { scenarios } from "../../../simulator/scenarios/index.ts";
import type { Trace, TraceEvent } from "../../../simulator/trace/index.ts";
import { parseChoice } from "../../../simulator/variants/index.ts";
import { fromHex, hex, noBytes } from "../../../spec-model/bytes.ts";
import {
  ExternalReceiver,
  FramedContentTBS,
  type GroupContext,
  type MLSMessage,
  type Proposal,
  realMls,
} from "../../../spec-model/mls/index.ts";
import { providerCredential } from "../../../spec-model/room/index.ts";
import { UpdateRequest } from "../../../spec-model/update/index.ts";

const told = scenarios.get("semiprivate-room");
if (told === undefined) throw new Error("semiprivate-room is not among the scenarios");
const salon = told;

type Sent = TraceEvent<"send">;
type Provider = { readonly keys: { readonly receiver: { readonly publicKey: Uint8Array } } };
type Hosting = {
  readonly hosted: Record<string, { readonly group: { readonly groupContext: GroupContext } }>;
};

function played(mls: "real" | "symbolic", ...variants: readonly string[]) {
  const contexts = new Map<bigint, GroupContext>();
  let receiverKey = noBytes;
  const { trace, results } = run(salon, {
    seed: 1,
    mls,
    keepBodies: true,
    variants: variants.map(parseChoice),
    atRest: (actors) => {
      for (const actor of actors) {
        if (actor.id !== "a.example") continue;
        const state = actor.state() as Provider & Hosting;
        receiverKey = state.keys.receiver.publicKey;
        for (const { group } of Object.values(state.hosted)) {
          contexts.set(group.groupContext.epoch, group.groupContext);
        }
      }
    },
  });
  const violated = results
    .filter(({ violations }) => violations.length > 0)
    .map(({ property }) => property.id);
  return { trace, violated, contexts, receiverKey };
}

/** The updates that reach the hub from its own clients and from followers. */
function updatesIn({ events }: Trace): UpdateRequest[] {
  return events
    .filter((event): event is Sent => event.type === "send" && event.to === "a.example")
    .filter(({ operation, label }) => operation === "update" || /^(Commit|Proposals)/.test(label))
    .map(({ body = "" }) => UpdateRequest.decode(fromHex(body) ?? noBytes));
}

const honest = played("real");
const updates = updatesIn(honest.trace).map(({ bundle }) => bundle);
const messages = updates.flatMap(({ proposalOrCommit, moreProposals = [] }) => [
  proposalOrCommit,
  ...moreProposals,
]);
const hidden = messages.flatMap((message) =>
  message.wireFormat === "mls_semiprivate_message" ? [message.semiprivateMessage] : [],
);

/** Who has sent a PublicMessage, and what. */
function openly(message: MLSMessage): string[] {
  if (message.wireFormat !== "mls_public_message") return [];
  const { content } = message.publicMessage;
  const what = content.contentType === "proposal" ? content.proposal.proposalType : content.contentType;
  return [`${content.sender.senderType} ${what}`];
}

describe("in a room whose handshakes are hidden", () => {
  it("members send SemiPrivateMessages, and PublicMessages only to leave by SelfRemove and to come in", () => {
    expect(messages.every(({ wireFormat }) => wireFormat !== "mls_private_message")).toBe(true);
    expect(hidden.map(({ contentType }) => contentType)).toEqual(
      expect.arrayContaining(["commit", "proposal"]),
    );
    expect([...new Set(messages.flatMap(openly))].toSorted()).toEqual([
      "member self_remove",
      "new_member_commit commit",
    ]);
  });

  it("the hub is the only one outside who gets a key", () => {
    const hub = {
      externalReceiverPublicKey: honest.receiverKey,
      credential: providerCredential("a.example"),
    };
    const reference = hex(realMls.suite(1).hash(ExternalReceiver.encode(hub)));
    for (const { keysForExternalReceivers } of hidden) {
      expect(keysForExternalReceivers.map(({ externalReceiverRef }) => hex(externalReceiverRef))).toEqual([
        reference,
      ]);
    }
  });

  it("a commit brings neither a whole GroupInfo nor a whole tree, which would tell what the commit hides", () => {
    const commits = updates.filter(({ groupInfoOption }) => groupInfoOption !== undefined);
    expect(commits.length).toBeGreaterThan(4);
    for (const { groupInfoOption, ratchetTreeOption } of commits) {
      expect(groupInfoOption?.representation).toBe("partial");
      expect(ratchetTreeOption?.representation).toBe("distributionService");
    }
  });

  it("whoever has an epoch's GroupContext finds out by its hash which of the likely proposals one is (semiprivatemessage-07 §4.1)", () => {
    const leave = hidden.find(({ contentType }) => contentType === "proposal");
    const context = honest.contexts.get(leave?.epoch ?? -1n);
    if (leave === undefined || context === undefined) throw new Error("somebody leaves");
    const { groupId, epoch, authenticatedData } = leave;
    const guesses = [0, 1, 2, 3].flatMap((leafIndex) =>
      [0, 1, 2, 3].map((removed) => ({
        leafIndex,
        proposal: { proposalType: "remove", removed } as Proposal,
      })),
    );
    const right = guesses.filter(({ leafIndex, proposal }) => {
      const sender = { senderType: "member" as const, leafIndex };
      const content = {
        groupId,
        epoch,
        sender,
        authenticatedData,
        contentType: "proposal" as const,
        proposal,
      };
      const signed = FramedContentTBS.encode({
        version: "mls10",
        wireFormat: "mls_semiprivate_message",
        content,
        context,
      });
      return hex(realMls.suite(1).hash(signed)) === hex(leave.framedContentTbsHash);
    });
    expect(right).toHaveLength(1);
    expect(right[0]?.leafIndex).toBe(2);
  });
});

describe("a client that sends PublicMessages all the same", () => {
  it("gets no commit past the hub, whose policy lists SemiPrivateMessages only", () => {
    const { trace, violated } = played("symbolic", "client-sends-in-the-open");
    expect(violated).toContain("I41");
    expect(trace.events.filter((e) => e.type === "noticed").map(({ error }) => error.code)).toContain(
      "handshake-format",
    );
  });

  it("shows its handshakes to every follower where the hub does not look at formats", () => {
    const { trace } = played("symbolic", "client-sends-in-the-open", "hub-without-handshake-format");
    const details = trace.events.flatMap((event) =>
      event.type === "check" && event.property === "I41" && !event.holds ? [event.detail ?? ""] : [],
    );
    expect(details.filter((detail) => detail.includes("fans out"))).not.toEqual([]);
  });
});
