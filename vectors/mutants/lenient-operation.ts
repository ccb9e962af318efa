/** Clients and hubs that make one mistake each about a room's operational policy. room-policy-04 §7.1 */
import type { Act, ConductPolicy } from "../format/conduct.ts";
import { operationalPolicy } from "../generate/policy/operational-policy.ts";
import { type ConductMutant, changed, misreads } from "./conduct-mutant.ts";

type Operational = NonNullable<ConductPolicy["operational"]>;

/** Somebody who reads an operational policy in a way of his own. */
const operation = (change: (policy: Operational, act: Act) => Partial<Operational>) =>
  changed("operational", change);

const messagePolicy = (change: (policy: Operational["appMessagePolicy"], act: Act) => object) =>
  operation(({ appMessagePolicy }, act) => ({
    appMessagePolicy: { ...appMessagePolicy, ...change(appMessagePolicy, act) },
  }));

export const operationMutants: readonly ConductMutant[] = [
  misreads(
    "one epoch further back",
    "tolerates an epoch more than the policy says",
    messagePolicy(({ epochTolerance }) => ({ epochTolerance: epochTolerance + 1 })),
  ),
  misreads("one epoch back in any room", "tolerates an epoch where no policy says so", (policy, { does }) =>
    policy.operational === undefined && does === "takeMessage" ? tolerating(1) : undefined,
  ),
  {
    id: "conduct of epochs to come",
    says: "takes messages of epochs that have not begun",
    survives: ({ operation: name, input, expect }) => {
      const act = input["act"] as unknown as Act;
      const early = name === "policy.conduct" && act.does === "takeMessage" && act.epoch > act.current;
      return early && !expect.allow.includes("allowed");
    },
  },
  misreads(
    "in any format",
    "does not ask for the format of handshakes",
    operation(() => ({ handshakeFormats: [] })),
  ),
  misreads(
    "in milliseconds",
    "takes seconds for milliseconds",
    operation(({ maxKpLifetime, maxCredentialLifetime, LeafNodeUpdateTime }) => ({
      maxKpLifetime: maxKpLifetime * 1000,
      maxCredentialLifetime: maxCredentialLifetime * 1000,
      LeafNodeUpdateTime: { ...LeafNodeUpdateTime, maximumTime: LeafNodeUpdateTime.maximumTime * 1000 },
    })),
  ),
  misreads(
    "padded at least so far",
    "takes pad_to_size for the shortest length",
    messagePolicy(({ padToSize }, act) =>
      act.does === "pad" && act.octets >= padToSize ? { padToSize: 1 } : {},
    ),
  ),
  misreads(
    "padded at most so far",
    "takes pad_to_size for the longest length",
    messagePolicy(({ padToSize }, act) =>
      act.does === "pad" && act.octets <= padToSize ? { padToSize: 1 } : {},
    ),
  ),
  misreads(
    "without what is mandatory",
    "does not ask what a member supports",
    operation(({ mandatoryCapabilities }) => ({ mandatoryCapabilities: emptied(mandatoryCapabilities) })),
  ),
  misreads(
    "with what is forbidden",
    "does not ask what is forbidden",
    operation(({ forbiddenCapabilities }) => ({ forbiddenCapabilities: emptied(forbiddenCapabilities) })),
  ),
];

function tolerating(epochTolerance: number): ConductPolicy {
  const appMessagePolicy = { epochTolerance, padToSize: 0, maxGenerationsSkipahead: 100 };
  return { operational: operationalPolicy({ appMessagePolicy }) };
}

/** Every list of it, with nothing in it. */
function emptied<Lists extends object>(lists: Lists): Lists {
  return Object.fromEntries(Object.keys(lists).map((name) => [name, []])) as unknown as Lists;
}
