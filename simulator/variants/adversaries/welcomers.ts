/** Members who add clients and give them Welcomes that lead nowhere. RFC 9420 §12.4.3.1, protocol-06 §5.3 */
import { claimMachine } from "../../../spec-model/introduction/index.ts";
import { begin } from "../../../spec-model/machine.ts";
import type { CommitOptions, Member, MlsLayer, Proposal, Welcome } from "../../../spec-model/mls/index.ts";
import { leafAt } from "../../../spec-model/mls/index.ts";
import type { ClientState } from "../../../spec-model/participant/index.ts";
import type { RunningActor } from "../../running-actor.ts";
import type { AnyInput, Company } from "../alteration.ts";
import { adversariesOf, adversary, another, committing, type Row } from "./adversary.ts";

const rows: readonly Row[] = [
  [
    "client-withholds-welcome",
    "sends no Welcome for the clients that it adds (SEMANTICS S53)",
    "the hub refuses the commit: the Welcome names every KeyPackage that is added",
    [],
    welcoming(() => undefined),
  ],
  [
    "client-welcomes-strangers",
    "names KeyPackages in its Welcomes that it does not add (SEMANTICS S53)",
    "the hub refuses the commit: the Welcome names what is added, and nothing else",
    [],
    welcoming((welcome) =>
      inEach(welcome, ({ newMember, ...secrets }) => ({ ...secrets, newMember: another(newMember) })),
    ),
  ],
  [
    "client-garbles-welcome",
    "sends a Welcome with the right names and garbage inside (SEMANTICS S53)",
    "the hub cannot look inside; the new client is in the list and in the group, and cannot know it",
    ["welcomes"],
    welcoming((welcome) => ({ ...welcome, encryptedGroupInfo: another(welcome.encryptedGroupInfo) })),
  ],
  [
    "client-swaps-welcomes",
    "gives each of the clients that it adds at once the secrets of the next one (SEMANTICS S53)",
    "the hub cannot look inside; the secrets open for nobody, as they are encrypted to another's KeyPackage; one client alone it welcomes as it should",
    ["welcomes"],
    welcoming(turned),
  ],
  [
    "client-welcomes-elsewhere",
    "welcomes the clients that it adds to a group of its own with the room's group ID (SEMANTICS S53)",
    "the hub cannot look inside; the tree that comes with the room's commit is not that group's, and the new client refuses the Welcome: it is not led astray, and stays outside",
    ["welcomes"],
    committing((commit, layer) => (member, options, app, random) => {
      const made = commit(member, options, app, random);
      const welcome = made.welcome && toAnotherGroup(layer, member, options, app, random);
      return welcome === undefined ? made : { ...made, welcome };
    }),
  ],
];

export const welcomers = [
  ...adversariesOf("client", rows),
  adversary(
    "client",
    "client-adds-without-claiming",
    "adds users by KeyPackages that it has from them, and not through the hub (SEMANTICS S34)",
    "the hub refuses the commit: it does not know where the Welcome goes",
    [],
    { inPlace: addingUnclaimed },
  ),
];

/** Another client's KeyPackages reach it by a grant of consent, or by hand: the hub has no part in it. protocol-06 §5.7 */
function addingUnclaimed(actor: RunningActor, { actors, stateOf }: Company): RunningActor {
  return {
    ...actor,
    take(input, moment) {
      const { type, room, user } = intentionIn(input);
      if (type === "addUser" && room !== undefined && user !== undefined) {
        const states = actors.map((each) => stateOf(each) as Partial<ClientState> | undefined);
        const keyPackages = states.flatMap((state) =>
          state?.user === user ? Object.values(state.keyPackages ?? {}).slice(-1) : [],
        );
        const claim = {
          machine: begin(claimMachine, undefined).snapshot,
          keyPackages: keyPackages.map(({ keyPackage }) => keyPackage),
        };
        actor.adapt?.((state: ClientState) => ({
          ...state,
          claims: { ...state.claims, [`${room} ${user}`]: claim },
        }));
      }
      return actor.take(input, moment);
    },
  };
}

function intentionIn(input: AnyInput): {
  readonly type?: string;
  readonly room?: string;
  readonly user?: string;
} {
  return input.type === "intention" ? (input.intention as object) : {};
}

function welcoming(change: (welcome: Welcome) => Welcome | undefined) {
  return committing((commit) => (...args) => {
    const made = commit(...args);
    return { ...made, welcome: made.welcome && change(made.welcome) };
  });
}

type Secrets = Welcome["secrets"][number];

function inEach(welcome: Welcome, change: (secrets: Secrets) => Secrets): Welcome {
  return { ...welcome, secrets: welcome.secrets.map(change) };
}

function turned(welcome: Welcome): Welcome {
  const { secrets } = welcome;
  const next = [...secrets.slice(1), ...secrets.slice(0, 1)];
  return {
    ...welcome,
    secrets: secrets.map((each, i) => ({
      ...each,
      encryptedGroupSecrets: next[i]?.encryptedGroupSecrets ?? each.encryptedGroupSecrets,
    })),
  };
}

/** The Welcome to a group that nobody else is in. Its own leaf and key are those of the room. */
function toAnotherGroup(
  layer: MlsLayer,
  member: Member,
  options: CommitOptions,
  ...[app, random]: [Parameters<MlsLayer["createGroup"]>[1], Parameters<MlsLayer["createGroup"]>[2]]
): Welcome | undefined {
  const { cipherSuite, groupId, extensions } = member.groupContext;
  const {
    credential,
    capabilities,
    extensions: leafExtensions,
  } = leafAt(member.tree, member.leafIndex) ?? {};
  if (credential === undefined || capabilities === undefined || leafExtensions === undefined)
    return undefined;
  if (cipherSuite !== 1 && cipherSuite !== 2 && cipherSuite !== 3) return undefined;
  const now = app.now ?? 0n;
  const lifetime = { notBefore: now - 3_600n, notAfter: now + 86_400n };
  const leaf = { credential, capabilities, lifetime, leafExtensions };
  const creator = layer.generateKeyPackage(cipherSuite, leaf, app, random);
  const alone = layer.createGroup({ groupId, extensions, creator }, app, random);
  const proposals = (options.proposals ?? []).filter(isAdd);
  const { treeInWelcome, authenticatedData } = options;
  const about = { proposals, ...(treeInWelcome === undefined ? {} : { treeInWelcome }) };
  return layer.commit(alone, { ...about, ...(authenticatedData && { authenticatedData }) }, app, random)
    .welcome;
}

function isAdd({ proposalType }: Proposal): boolean {
  return proposalType === "add";
}
