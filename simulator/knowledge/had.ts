/** The keys that actors have in their states, and what those keys are. RFC 9420 §9.2 */
import { fromHex, noBytes, textOf } from "../../spec-model/bytes.ts";
import {
  type EpochPlace,
  keyPackageTerms,
  keyTerms,
  memberTerms,
  type Term,
} from "../../spec-model/mls/symbolic/index.ts";
import type { ClientRoom, ClientState } from "../../spec-model/participant/index.ts";
import type { ProviderState } from "../../spec-model/provider/index.ts";
import type { Fact } from "./fact.ts";
import type { Names } from "./names.ts";
import { changed } from "./seen-by-clients.ts";

/** A secret that there was in a run, whoever came to have it. */
export type Secret =
  | { readonly type: "epoch"; readonly fact: Fact; readonly place: EpochPlace; readonly initSecret: string }
  | { readonly type: "privateKey"; readonly fact: Fact; readonly publicKey: Uint8Array };

/** A provider has no keys of any group, but that to the handshakes that rooms of its own are to show it. */
export function providerTerms(before: ProviderState | undefined, after: ProviderState): Term[] {
  return before?.keys.receiver === after.keys.receiver ? [] : keyTerms(after.keys.receiver);
}

/** What a step has given a client, the epoch that a commit of its own would begin among it. */
export function clientTerms(before: ClientState | undefined, after: ClientState): Term[] {
  return [
    ...(before?.signature === after.signature ? [] : keyTerms(after.signature)),
    ...changed(before?.keyPackages, after.keyPackages).flatMap(([, own]) => keyPackageTerms(own)),
    ...changed(before?.rooms, after.rooms).flatMap(([earlier, room]) => {
      const known = membersOf(earlier);
      return membersOf(room).flatMap((member) => (known.includes(member) ? [] : memberTerms(member)));
    }),
  ];
}

/** The secrets that a step has shown there to be: epochs that the client has entered, keys that it has made. */
export function clientSecrets(before: ClientState | undefined, after: ClientState, names: Names): Secret[] {
  const owner = names.of(after.client);
  const signature: Secret = {
    type: "privateKey",
    fact: { kind: "privateKey", what: `signature key of ${owner}` },
    publicKey: after.signature.publicKey,
  };
  return [
    ...(before?.signature === after.signature ? [] : [signature]),
    ...changed(before?.keyPackages, after.keyPackages).map(
      ([, { keyPackage }]): Secret => ({
        type: "privateKey",
        fact: { kind: "privateKey", what: `init key of ${names.keyPackage(keyPackage, after.client)}` },
        publicKey: keyPackage.initKey,
      }),
    ),
    ...changed(before?.rooms, after.rooms).flatMap(([earlier, { member }]) =>
      member === undefined || member === earlier?.member ? [] : epochsIn(memberTerms(member)),
    ),
  ];
}

/** The fact is worded anew where an epoch has several branches. */
function epochsIn(terms: readonly Term[]): Secret[] {
  return terms.flatMap((term): Secret[] => {
    if (term.type !== "initSecret") return [];
    const { group, epoch, value: initSecret } = term;
    const what = `epoch ${epoch} of ${textOf(fromHex(group) ?? noBytes) ?? group}`;
    return [{ type: "epoch", fact: { kind: "epoch", what }, place: { group, epoch }, initSecret }];
  });
}

function membersOf(room: ClientRoom | undefined) {
  const members = [room?.member, room?.previous, room?.prepared?.accepted];
  return members.filter((member) => member !== undefined);
}
