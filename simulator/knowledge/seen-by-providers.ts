/** What a provider sees in the rooms it hosts and follows, of its users and of what they decide. protocol-06 §4.3, §5.7 */
import { stateName } from "../../spec-model/machine.ts";
import type { ProviderState } from "../../spec-model/provider/index.ts";
import type { Fact } from "./fact.ts";
import type { Names } from "./names.ts";
import { changed, memberFact, participantFact } from "./seen-by-clients.ts";

/** What a step has shown the provider. */
export function seenByProvider(
  before: ProviderState | undefined,
  after: ProviderState,
  names: Names,
): Fact[] {
  return [
    ...changed(before?.keyPackages, after.keyPackages).map(
      ([, { client, bytes }]): Fact => ({ kind: "keyPackage", what: names.keyPackage(bytes, client) }),
    ),
    ...hosted(before, after, names),
    ...changed(before?.followed, after.followed).flatMap(([, { context }]) =>
      context.clients.map((client) => memberFact(context.room, client, names)),
    ),
    ...changed(before?.consents, after.consents).flatMap(([, consent]) =>
      decided(stateName(consent), consent.context.scope),
    ),
  ];
}

export function consentFact(
  operation: "granted" | "revoked",
  { requester, target, room }: { requester: string; target: string; room: string | undefined },
): Fact {
  return {
    kind: "consent",
    what: `${target} has ${operation} ${requester} consent for ${room ?? "any room"}`,
  };
}

function hosted(before: ProviderState | undefined, after: ProviderState, names: Names): Fact[] {
  return changed(before?.hosted, after.hosted).flatMap(([earlier, { room, machine }]) => {
    const { current } = machine.context;
    if (earlier?.machine.context.current === current) return [];
    return [
      ...current.participants.map((each) => participantFact(room, each)),
      ...current.members.map(({ client }) => memberFact(room, client, names)),
    ];
  });
}

function decided(state: string, scope: Parameters<typeof consentFact>[1]): Fact[] {
  return state === "granted" || state === "revoked" ? [consentFact(state, scope)] : [];
}
