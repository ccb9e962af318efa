/** Clients that get one thing wrong about groups that they found or follow, and about handshakes that followers cannot read. */

import { hex } from "../../spec-model/bytes.ts";
import type { Deviation } from "../../spec-model/deviation.ts";
import type { Member, MlsApplication, MlsLayer } from "../../spec-model/mls/index.ts";
import { UpdateRoomResponse } from "../../spec-model/update/index.ts";
import type { ClientStep } from "../format/flow-steps.ts";

/** The step as the client sees it; undefined: it sees what is there. */
type Seeing = (step: ClientStep) => ClientStep | undefined;

/** What a client does not see, by what it does. */
export const blindFounders: Readonly<Record<string, Seeing>> = {
  "takes its group for the room's, whatever its provider says": (step) =>
    "status" in step && step.status !== 200 ? { ...step, status: 200 } : undefined,
  "enters the epoch of its commit, whatever the hub says": (step) =>
    "status" in step && step.body !== "" ? { ...step, body: accepted } : undefined,
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
