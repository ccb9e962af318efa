/** Clients that get one thing wrong about what they have made themselves, or about groups that they follow. */
import { hex } from "../../spec-model/bytes.ts";
import type { Deviation } from "../../spec-model/deviation.ts";
import type { Member, MlsApplication, MlsLayer } from "../../spec-model/mls/index.ts";
import { SubmitMessageResponse } from "../../spec-model/submit/index.ts";
import { UpdateRoomResponse } from "../../spec-model/update/index.ts";
import { octetsOf } from "../adapters/typescript/input.ts";
import type { ClientAnswerStep, ClientStep } from "../format/flow-steps.ts";
import { longer, type Mend, shorter, valueIn } from "./flow-readers.ts";

/** The step as the client sees it; undefined: it sees what is there. */
type Seeing = (step: ClientStep) => ClientStep | undefined;

/** What a client does not see, by what it does. */
export const blindSenders: Readonly<Record<string, Seeing>> = {
  "takes its group for the room's, whatever its provider says": (step) =>
    "status" in step && step.status !== 200 ? { ...step, status: 200 } : undefined,
  "enters the epoch of its commit, whatever the hub says": (step) =>
    isAnswer(step) && step.to === undefined && step.body !== "" ? { ...step, body: accepted } : undefined,
  "shows its message, whatever the hub says": (step) =>
    isAnswer(step) && step.to !== undefined ? { ...step, status: 200, body: taken } : undefined,
  "reads the answer to a message and does not look behind it": (step) => rereadAnswer(step, shorter),
  "makes up what is missing of the answer to a message": (step) => rereadAnswer(step, longer),
};

/** How a client takes the Welcome to a group that follows a closed one, by what it does. */
export const credulousFollowers: Readonly<Record<string, Deviation>> = {
  "goes into the group that follows a closed one without a link to it": joining((layer, previous, app) => ({
    app: { ...app, findPsk: layer.pskFinder(previous, app) },
  })),
  "takes a link to any epoch of the closed group": joining((_, previous, app) => {
    const { groupContext } = previous;
    return {
      app,
      previous: { ...previous, groupContext: { ...groupContext, epoch: groupContext.epoch - 1n } },
    };
  }),
  "does not look who has come along into the next group": joining((_, previous, app) => {
    const tree = previous.tree.map((node, i) => (i === 2 * previous.leafIndex ? node : undefined));
    return { app, previous: { ...previous, tree } };
  }),
};

type Joining = (
  layer: MlsLayer,
  previous: Member,
  app: MlsApplication,
) => { readonly app: MlsApplication; readonly previous?: Member };

function joining(believe: Joining): Deviation {
  return {
    mls: (layer) => ({
      ...layer,
      joinByWelcome(welcome, { previous, ...options }, app) {
        if (previous === undefined) return layer.joinByWelcome(welcome, options, app);
        const { app: lenient, ...believed } = believe(layer, previous, app);
        return layer.joinByWelcome(welcome, { ...options, ...believed }, lenient);
      },
    }),
  };
}

function isAnswer(step: ClientStep): step is ClientAnswerStep {
  return "status" in step;
}

function rereadAnswer(step: ClientStep, mend: Mend): ClientStep | undefined {
  if (!isAnswer(step) || step.to === undefined) return undefined;
  const reads = (bytes: Uint8Array) => valueIn(SubmitMessageResponse, bytes) !== undefined;
  const body = mend(octetsOf(step.body), reads);
  return body && { ...step, body: hex(body) };
}

const accepted = hex(
  UpdateRoomResponse.encode({ responseCode: "success", errorDescription: "", acceptedTimestamp: 0n }),
);
const taken = hex(
  SubmitMessageResponse.encode({
    protocol: "mls10",
    statusCode: "accepted",
    acceptedTimestamp: 0n,
    frank: undefined,
  }),
);
