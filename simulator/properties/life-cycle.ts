/** Rooms from their creation to their end, and the hosts behind their assets. protocol-06 §5.4.1.3, §5.10.2 and §7.4 */

import { equalBytes, hex } from "../../spec-model/bytes.ts";
import { FrankingAgentData } from "../../spec-model/franking/index.ts";
import { domainOfUri } from "../../spec-model/identifiers/index.ts";
import { dictionaryOf, type Extension, externalSenders, GroupContext } from "../../spec-model/mls/index.ts";
import { providerOf } from "../../spec-model/room/index.ts";
import { componentIds } from "../../spec-model/room/structures/index.ts";
import { always, atHub, eachStep, type Found, type Property, sentences, together } from "./definition.ts";
import { lifeOf } from "./reading.ts";

const noOpenProxy: Property = eachStep(
  {
    id: "I44",
    says: "a hub fetches assets from its peers' asset hosts and from nowhere else, wherever redirects lead",
    draft: "protocol-06 §5.10.2",
    assumes: ["hub"],
  },
  () =>
    ({ actor, provider, outputs }): Found => {
      if (provider === undefined) return undefined;
      const asked = outputs.filter((each) => each.type === "request" && each.operation === "asset");
      if (asked.length === 0) return undefined;
      const hosts = new Set(Object.values(provider.before.assetHosts).flat());
      return asked.flatMap((each) =>
        each.type === "request" && !hosts.has(each.to)
          ? [`${actor} fetches from ${each.to}, which keeps no assets of a peer`]
          : [],
      );
    },
);

const senderHygiene: Property = always({
  id: "I49",
  says: "only the hub and providers with participants may propose from outside, and a pending proposal keeps its proposer",
  draft: "protocol-06 §7.4",
  assumes: ["hub"],
  holds({ room, group, machine: { context } }) {
    const senders = externalSenders(group.groupContext.extensions).map(
      ({ credential }) => providerOf(credential) ?? "",
    );
    const users = context.current.participants.map(({ user }) => domainOfUri(user));
    // Who has just lost its last participant goes with the next commit.
    const leaving = context.own.flatMap((wish) =>
      wish.kind === "dropExternalSender" ? [wish.provider] : [],
    );
    const strangers = senders.filter(
      (domain) => domain !== context.hub && !users.includes(domain) && !leaving.includes(domain),
    );
    const proposers = [...group.pendingProposals.values()].flatMap(({ sender }) =>
      sender.senderType === "external" ? [sender.senderIndex] : [],
    );
    return [
      ...(context.pending.length > 0
        ? []
        : strangers.map((domain) => `${room}: ${domain} may still propose from outside`)),
      ...proposers
        .filter((index) => senders[index] === undefined)
        .map((index) => `${room}: a pending proposal is of sender ${index}, whom the list no longer has`),
    ];
  },
});

const changedByCommits: Property = atHub(
  {
    id: "I62",
    says: "a group's extensions, and with them its external senders, change only by the commit that begins an epoch",
    draft: "protocol-06 §7.4, RFC 9420 §12.1.7",
    assumes: ["hub"],
  },
  () =>
    ({ room, before, after }) => {
      if (before === undefined || before.group === after.group) return undefined;
      const [then, now] = [before.group.groupContext, after.group.groupContext];
      if (then === now) return undefined;
      if (then.epoch !== now.epoch || then.extensions === now.extensions) return [];
      return encoded(then) !== encoded(now)
        ? [`the hub of ${room} has other extensions than the epoch began with`]
        : [];
    },
);

/** A hub that starts again has made its GroupContext anew. */
function encoded(context: GroupContext): string {
  return hex(GroupContext.encode(context));
}

const dead: Property = eachStep(
  {
    id: "I50",
    says: "a room that was destroyed accepts nothing any more",
    draft: "room-policy-04 §8.6",
    assumes: ["hub"],
  },
  () =>
    ({ hosted }) =>
      together(
        hosted.map(({ room, before, after, accepted }): Found => {
          if (before === undefined || lifeOf(before) !== "destroyed") return undefined;
          return sentences(
            lifeOf(after) !== "destroyed" && `${room} was destroyed, and is ${lifeOf(after)}`,
            accepted.length > 0 && `${room} was destroyed, and its hub accepts ${accepted.length} events`,
          );
        }),
      ),
);

const hubBound: Property = eachStep(
  {
    id: "I51",
    says: "a room's URI, its franking agent and its first external sender name one domain: its hub's",
    draft: "protocol-06 §5.4.1.3 and §5.6",
    assumes: ["hub"],
  },
  () =>
    ({ actor, hosted }) =>
      together(
        hosted.map(({ room, before, after }): Found => {
          const { extensions } = after.group.groupContext;
          if (before !== undefined && sameExtensions(before.group.groupContext.extensions, extensions)) {
            return undefined;
          }
          const data = dictionaryOf(extensions).get(componentIds.franking_signature_key);
          const agent =
            data === undefined ? undefined : providerOf(FrankingAgentData.decode(data).credential);
          return sentences(
            domainOfUri(room) !== actor && `${actor} is the hub of ${room}`,
            agent !== undefined &&
              agent !== actor &&
              `${room}: the franking agent is ${agent}, and the hub ${actor}`,
            !externalSenders(extensions).some(({ credential }) => providerOf(credential) === actor) &&
              `${room}: its hub ${actor} is no external sender`,
          );
        }),
      ),
);

/** By their octets: whether two are one object depends on what the process has done before. */
function sameExtensions(some: readonly Extension[], others: readonly Extension[]): boolean {
  return (
    some.length === others.length &&
    some.every(({ extensionType, extensionData }, i) => {
      const other = others[i];
      return other?.extensionType === extensionType && equalBytes(other.extensionData, extensionData);
    })
  );
}

export const lifeCycle: readonly Property[] = [noOpenProxy, senderHygiene, changedByCommits, dead, hubBound];
