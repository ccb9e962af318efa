/** Clients that get one thing wrong about groups that they found or follow, and about handshakes that followers cannot read. */

import { hex } from "../../spec-model/bytes.ts";
import type { Deviation } from "../../spec-model/deviation.ts";
import { FanoutMessage } from "../../spec-model/fan-out/index.ts";
import type { Member, MlsApplication, MlsLayer } from "../../spec-model/mls/index.ts";
import { attempt, isRefused } from "../../spec-model/room/index.ts";
import { UpdateRoomResponse } from "../../spec-model/update/index.ts";
import { octetsOf } from "../adapters/typescript/input.ts";
import { type ClientFlowStep, type ClientStep, isDelivery } from "../format/flow-steps.ts";

/** The step as the client sees it; undefined: it sees what is there. */
type Seeing = (step: ClientStep, original: ClientStep) => ClientStep | undefined;

/** What a client does not see, by what it does. */
export const blindFounders: Readonly<Record<string, Seeing>> = {
  "takes its group for the room's, whatever its provider says": (step) =>
    "status" in step && step.status !== 200 ? { ...step, status: 200 } : undefined,
  "takes what it has kept of its group for right": (step, original) =>
    "founding" in step && "founding" in original && step.founding !== original.founding
      ? { ...step, founding: original.founding }
      : undefined,
  "enters the epoch of its commit, whatever the hub says": (step) =>
    "status" in step && step.body !== "" ? { ...step, body: accepted } : undefined,
  "decrypts handshakes by the room, whatever group_id says": (step, original) =>
    inHidden(step, original, ({ groupId }) => ({ groupId })),
  "binds handshakes to nothing that is beside their ciphertext": (step, original) =>
    inHidden(step, original, ({ authenticatedData, partialContextHash, framedContentTbsHash }) => ({
      authenticatedData,
      partialContextHash,
      framedContentTbsHash,
    })),
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

const accepted = hex(
  UpdateRoomResponse.encode({ responseCode: "success", errorDescription: "", acceptedTimestamp: 0n }),
);

type SemiPrivateMessage = Extract<
  FanoutMessage["message"],
  { wireFormat: "mls_semiprivate_message" }
>["semiprivateMessage"];

function inHidden(
  step: ClientStep,
  original: ClientStep,
  take: (right: SemiPrivateMessage) => Partial<SemiPrivateMessage>,
): ClientFlowStep | undefined {
  if (!isDelivery(step) || !isDelivery(original)) return undefined;
  const [given, right] = [step, original].map(({ message }) =>
    attempt(() => FanoutMessage.decode(octetsOf(message))),
  );
  if (given === undefined || right === undefined || isRefused(given) || isRefused(right)) return undefined;
  if (given.message.wireFormat !== "mls_semiprivate_message") return undefined;
  if (right.message.wireFormat !== "mls_semiprivate_message") return undefined;
  const semiprivateMessage = {
    ...given.message.semiprivateMessage,
    ...take(right.message.semiprivateMessage),
  };
  const seen = { ...given, message: { ...given.message, semiprivateMessage } } as FanoutMessage;
  const message = hex(FanoutMessage.encode(seen));
  return message === step.message ? undefined : { ...step, message };
}
