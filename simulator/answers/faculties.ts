/** What an implementation can be asked without a room around it: its judgements as functions, and its machines. */
import type { AnyStateMachine } from "xstate";
import { reportMachine } from "../../spec-model/abuse/index.ts";
import { downloadMachine, fetchMachine, proxyDecision, uploadHost } from "../../spec-model/assets/index.ts";
import {
  consentCacheMachine,
  consentInForce,
  consentMachine,
  mayRequest,
  mayUpdate,
} from "../../spec-model/consent/index.ts";
import { judge, partsToProcess, reply, statusByMessage, timelineOf } from "../../spec-model/content/index.ts";
import { authenticate } from "../../spec-model/credentials/index.ts";
import { answerQuery } from "../../spec-model/discovery/index.ts";
import {
  authoriseMapping,
  identifierMachine,
  isGenuineMapping,
} from "../../spec-model/discovery/mappings/index.ts";
import { clientLinkMachine } from "../../spec-model/follower/index.ts";
import { examineFrank } from "../../spec-model/franking/index.ts";
import { deliveryMachine, hubRoomMachine } from "../../spec-model/hub/index.ts";
import { codeForStranger, reservationsOf, stockMachine } from "../../spec-model/key-material/index.ts";
import { begin, type Effect, stateName, step } from "../../spec-model/machine.ts";
import {
  appAcksLeftOut,
  lackingMediaTypes,
  MlsError,
  multiCredentialProblem,
  treeOptionProblem,
} from "../../spec-model/mls/index.ts";
import { participantRoomMachine } from "../../spec-model/participant/index.ts";
import { requestProblem, stepProvider } from "../../spec-model/provider/index.ts";
import {
  decide,
  decideAsset,
  decideBot,
  decideContents,
  decideCredentialLifetime,
  decideDownload,
  decideEpochAge,
  decideExpiration,
  decideHandshakeFormat,
  decideHistory,
  decideKeyPackageLifetime,
  decideLeafAge,
  decideLinkPreview,
  decideMediaType,
  decideNewGroup,
  decideNotification,
  decidePadding,
  decideSupport,
  decideTogether,
  decideUse,
  isOver,
  newJoinCode,
  readDescription,
  removedWithParent,
  sendsNotification,
  spendJoinCode,
  validJoinCodes,
} from "../../spec-model/room/index.ts";
import { committed } from "./commits.ts";
import { removals } from "./removals.ts";

/** Judgements on a room's policy: each is allowed, or refused by a rule. */
const policy = {
  decide,
  decideAsset,
  decideBot,
  decideContents,
  decideCredentialLifetime,
  decideDownload,
  decideEpochAge,
  decideExpiration,
  decideHandshakeFormat,
  decideHistory,
  decideKeyPackageLifetime,
  decideLeafAge,
  decideLinkPreview,
  decideMediaType,
  decideNewGroup,
  decideNotification,
  decidePadding,
  decideSupport,
  decideTogether,
  decideUse,
};

/** The rule by which the MLS layer refuses to do something; undefined: it does it. */
function mlsRefusal(act: () => unknown): string | undefined {
  try {
    act();
  } catch (error) {
    if (error instanceof MlsError) return error.code;
    throw error;
  }
  return undefined;
}

const others = {
  answerQuery,
  appAcksLeftOut,
  authenticate,
  authoriseMapping,
  codeForStranger,
  committed,
  consentInForce,
  examineFrank,
  isGenuineMapping,
  isOver,
  judge,
  lackingMediaTypes,
  mayRequest,
  mayUpdate,
  mlsRefusal,
  multiCredentialProblem,
  newJoinCode,
  partsToProcess,
  proxyDecision,
  readDescription,
  removedWithParent,
  removals,
  reply,
  requestProblem,
  reservationsOf,
  sendsNotification,
  spendJoinCode,
  statusByMessage,
  stepProvider,
  timelineOf,
  treeOptionProblem,
  uploadHost,
  validJoinCodes,
};

const machines = {
  consent: consentMachine,
  consentCache: consentCacheMachine,
  stock: stockMachine,
  fetch: fetchMachine,
  download: downloadMachine,
  reports: reportMachine,
  identifier: identifierMachine,
  hubRoom: hubRoomMachine,
  delivery: deliveryMachine,
  clientLink: clientLinkMachine,
  participantRoom: participantRoomMachine,
} as const;

export type PolicyFaculties = typeof policy;
export type OtherFaculties = typeof others;
export type MachineName = keyof typeof machines;

/** What one implementation answers. */
export interface Faculties extends OtherFaculties {
  readonly policy: PolicyFaculties;
  readonly machines: Readonly<Record<MachineName, AnyStateMachine>>;
  /** What gets through to a machine of what is said to it. */
  readonly hears: (name: MachineName, event: MachineEvent) => MachineEvent;
  /** What comes out of what a machine says. */
  readonly utters: (name: MachineName, after: After) => After;
}

export interface MachineEvent {
  readonly type: string;
  readonly [member: string]: unknown;
}

/** The model's own. */
export const honest: Faculties = {
  policy,
  ...others,
  machines,
  hears: (_, event) => event,
  utters: (_, after) => after,
};

/** Where a machine is after the events, and the effects of the last of them. */
export interface After {
  readonly state: string;
  readonly effects: readonly string[];
  /** All effects of the last event, with their parameters. */
  readonly all: readonly Effect[];
  /** The first effect with its parameters. */
  readonly first: Readonly<Record<string, unknown>>;
  readonly context: unknown;
}

/** Runs one of an implementation's machines. */
export function after(
  { machines, hears, utters }: Faculties,
  name: MachineName,
  input: unknown,
  events: readonly MachineEvent[],
): After {
  const machine = machines[name];
  let { snapshot, effects } = begin(machine, input as never);
  for (const event of events) ({ snapshot, effects } = step(machine, snapshot, hears(name, event) as never));
  const first = (effects[0] ?? {}) as Readonly<Record<string, unknown>>;
  return utters(name, {
    state: stateName(snapshot as never),
    effects: effects.map(({ type }) => type),
    all: effects,
    first,
    context: (snapshot as { readonly context: unknown }).context,
  });
}
