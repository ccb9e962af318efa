/** Key material: handed out once, in time, with consent, for one room; and Welcomes that fit. protocol-06 §5.2 and §5.5 */
import { hex } from "../../spec-model/bytes.ts";
import { FanoutMessage } from "../../spec-model/fan-out/index.ts";
import type { Reservation } from "../../spec-model/key-material/index.ts";
import { stateName } from "../../spec-model/machine.ts";
import type { ProviderState } from "../../spec-model/provider/index.ts";
import { deedsOf } from "./attributed.ts";
import { atHub, eachStep, type Found, type Property, sentences, together } from "./definition.ts";
import { welcomedBy } from "./reading.ts";
import type { Step } from "./step.ts";
import type { View } from "./view.ts";

interface HandedOut extends Reservation {
  readonly user: string;
}

/** What a provider has handed out in this step. */
function handedOut({ provider }: Step): readonly HandedOut[] {
  if (provider === undefined || provider.before.stocks === provider.after.stocks) return [];
  const { before, after } = provider;
  return Object.entries(after.stocks).flatMap(([user, { context }]) => {
    const earlier = before.stocks[user]?.context.reserved ?? [];
    if (earlier === context.reserved) return [];
    return context.reserved.filter((each) => !earlier.includes(each)).map((each) => ({ ...each, user }));
  });
}

function forEachHandedOut(
  about: Omit<Property, "kind" | "watch">,
  begin: () => (given: HandedOut, step: Step, provider: ProviderState) => readonly string[],
): Property {
  return eachStep(about, () => {
    const look = begin();
    return (step) => {
      const { provider } = step;
      if (provider === undefined) return undefined;
      return together(handedOut(step).map((given) => look(given, step, provider.before)));
    };
  });
}

const once: Property = {
  id: "I19",
  says: "a KeyPackage is in one answer and in one accepted Add, but for those of last resort",
  draft: "protocol-06 §5.2",
  assumes: ["follower"],
  kind: "safety",
  watch() {
    const given = new Map<string, string>();
    const added = new Map<string, string>();
    const lasting = new Set<string>();
    const twice = (seen: Map<string, string>, reference: string, where: string, what: string) => {
      const earlier = seen.get(reference);
      seen.set(reference, where);
      return earlier === undefined || lasting.has(reference)
        ? []
        : [`KeyPackage ${reference.slice(0, 8)} ${what} for ${earlier} and again for ${where}`];
    };
    return {
      step(step) {
        const out = handedOut(step);
        for (const { keyPackage } of out) if (keyPackage.isLastResort) lasting.add(keyPackage.reference);
        return together([
          ...out.map(({ keyPackage, requester }) =>
            twice(given, keyPackage.reference, requester, "is handed out"),
          ),
          ...step.hosted.flatMap(({ room, accepted }) => {
            const welcomes = accepted.filter(({ kind }) => kind === "welcome");
            const references = new Set(welcomes.flatMap(welcomedBy));
            const epoch = `${room}, entry ${welcomes[0]?.item.split(" ")[0] ?? ""}`;
            return [...references].map((reference) => twice(added, reference, epoch, "is added"));
          }),
        ]);
      },
    };
  },
};

const fresh: Property = forEachHandedOut(
  {
    id: "I20",
    says: "no KeyPackage is handed out after its time, or added after it by the hub's clock",
    draft: "protocol-06 §5.2, RFC 9420 §7.2",
    assumes: ["follower", "hub"],
  },
  () =>
    ({ keyPackage }, { clock }) =>
      sentences(
        keyPackage.notAfter * 1000 <= clock &&
          `KeyPackage ${keyPackage.reference.slice(0, 8)} of ${keyPackage.client} is handed out after its time`,
      ),
);

const forItsRoom: Property = eachStep(
  {
    id: "I21",
    says: "a KeyPackage that was handed out for a room is added to that room and no other",
    draft: "protocol-06 §5.2",
    assumes: ["client"],
  },
  () => {
    const rooms = new Map<string, Set<string | undefined>>();
    return (step) => {
      for (const { keyPackage, room } of handedOut(step)) {
        rooms.set(keyPackage.reference, (rooms.get(keyPackage.reference) ?? new Set()).add(room));
      }
      return together(
        step.hosted.flatMap(({ room, accepted }) =>
          accepted.flatMap(welcomedBy).map((reference): Found => {
            const given = rooms.get(reference);
            if (given === undefined) return undefined;
            return sentences(
              !given.has(room) &&
                !given.has(undefined) &&
                `${room}: an Add uses a KeyPackage that was handed out for ${[...given].join(", ")}`,
            );
          }),
        ),
      );
    };
  },
);

const withConsent: Property = forEachHandedOut(
  {
    id: "I22",
    says: "key material is handed out only while its user consents to that requester and that room",
    draft: "protocol-06 §5.2 and §8",
    assumes: ["follower"],
  },
  () => (given, _step, provider) =>
    sentences(
      !hasConsent(provider, given.requester, given.user, given.room) &&
        `${provider.domain} hands key material of ${given.user} to ${given.requester} for ` +
          `${given.room ?? "any room"} without consent`,
    ),
);

/** By the most specific decision, and the latest among those: what §5.7 leaves open is read as the model reads it. */
function hasConsent(
  { consents, policy }: ProviderState,
  requester: string,
  target: string,
  room: string | undefined,
): boolean {
  if (requester === target) return true;
  const decided = Object.values(consents)
    .filter(({ context: { scope } }) => scope.requester === requester && scope.target === target)
    .filter(({ context: { scope } }) => scope.room === room || scope.room === undefined)
    .filter(({ context }) => context.decided > 0)
    .toSorted((a, b) => b.context.decided - a.context.decided);
  const exact = decided.find(({ context }) => context.scope.room === room);
  const counting = policy.precedence === "mostSpecific" ? (exact ?? decided[0]) : decided[0];
  return counting !== undefined && stateName(counting) === "granted";
}

const addedWithConsent: Property = atHub(
  {
    id: "I23",
    says: "a user is added to a room by another only while consenting to it",
    draft: "protocol-06 §5.2 (asks for it at the claim alone)",
    assumes: ["hub", "follower", "client"],
  },
  () => (change, view) => {
    const deeds = (deedsOf(change) ?? []).filter(
      ({ author, what }) => what.kind === "addClient" && what.user !== author && author.includes("/u/"),
    );
    return together(
      deeds.map(({ author, what }): Found => {
        const provider = providerOf(view, what.user);
        if (provider === undefined) return undefined;
        return sentences(
          !hasConsent(provider, author, what.user, change.room) &&
            `${change.room}: ${author} adds a client of ${what.user}, who does not consent to it (any more)`,
        );
      }),
    );
  },
);

function providerOf(view: View, user: string): ProviderState | undefined {
  return [...view.providers.values()].find(({ domain }) => user.startsWith(`mimi://${domain}/`));
}

const welcomeFits: Property = eachStep(
  {
    id: "I24",
    says: "a Welcome is for the clients that its commit adds, and reaches nobody else's",
    draft: "protocol-06 §5.5",
    assumes: ["hub", "follower"],
  },
  () => (step, view) =>
    together([
      ...step.hosted.map((change): Found => {
        const references = new Set(change.accepted.flatMap(welcomedBy));
        const deeds = deedsOf(change);
        if (references.size === 0 || deeds === undefined) return undefined;
        const added = deeds.filter(({ what, joining }) => what.kind === "addClient" && !joining).length;
        return sentences(
          added !== references.size &&
            `${change.room}: a commit adds ${added} clients, and its Welcome is for ${references.size}`,
        );
      }),
      misled(step, view),
    ]),
);

/** Whether the step is a client's that has got a Welcome for none of its KeyPackages. */
function misled({ actor, client, input }: Step, view: View): Found {
  if (client === undefined || input.type !== "local" || input.message.type !== "deliver") return undefined;
  const { room, message } = input.message;
  const fanned = decoded(message);
  if (fanned?.message.wireFormat !== "mls_welcome") return undefined;
  const references = fanned.message.welcome.secrets.map(({ newMember }) => hex(newMember));
  const owners = references.flatMap((reference) =>
    [...view.providers.values()].flatMap(({ keyPackages }) => keyPackages[reference]?.client ?? []),
  );
  return sentences(
    !owners.includes(actor) && `${actor} gets a Welcome to ${room} that is for none of its KeyPackages`,
  );
}

function decoded(message: Uint8Array): FanoutMessage | undefined {
  try {
    return FanoutMessage.decode(message);
  } catch {
    // Damaged on its way: that is the client's to notice.
    return undefined;
  }
}

export const keyPackages: readonly Property[] = [
  once,
  fresh,
  forItsRoom,
  withConsent,
  addedWithConsent,
  welcomeFits,
];
