/** Clients that do not see one thing of what reaches them: each step is played as they see it. */
import { hex } from "../../spec-model/bytes.ts";
import { FanoutMessage } from "../../spec-model/fan-out/index.ts";
import {
  fromRatchetTreeExtension,
  type GroupContext,
  GroupInfo,
  joinByWelcome,
  type MLSMessage,
} from "../../spec-model/mls/index.ts";
import { attempt, isRefused, roomOfGroup } from "../../spec-model/room/index.ts";
import type { clientSeat } from "../adapters/typescript/flows/client-seat.ts";
import { octetsOf } from "../adapters/typescript/input.ts";
import { type ClientFlowStep, type ClientStep, isDelivery } from "../format/flow-steps.ts";
import { altered, longer, type Mend, shorter, valueIn } from "./flow-readers.ts";

type Seat = ReturnType<typeof clientSeat>;

/** The step as the seat sees it, by what it knows. undefined: nothing is hidden from it. */
type Seeing = (step: ClientFlowStep, seat: Seat) => ClientFlowStep | undefined;

/** What a client does not see, by what it does. */
export const blindClients: Readonly<Record<string, Seeing>> = {
  "reads a FanoutMessage and does not look behind it": (step) => reread(step, shorter),
  "takes the room from the Welcome, whatever the event is of": (step, seat) => {
    const room = roomOfWelcome(step, seat);
    return room === undefined || room === step.room ? undefined : { ...step, room };
  },
  "takes a handshake or message for one of the room, whatever group_id says": (step, seat) =>
    asOfRoom(step, seat, ({ groupId }) => ({ groupId })),
  "takes a commit for one of its epoch, whatever it says": (step, seat) =>
    asOfRoom(step, seat, ({ epoch }) => ({ epoch })),
};

/** A seat with the step as it is seen there; delivered messages only. */
export function seenBy(see: Seeing, step: ClientStep, seat: Seat): ClientStep | undefined {
  return isDelivery(step) ? see(step, seat) : undefined;
}

/** A FanoutMessage that has ended too early, with what makes it one. */
export const filledUp: Seeing = (step) => reread(step, longer);

function reread(step: ClientFlowStep, mend: Mend): ClientFlowStep | undefined {
  const message = mend(octetsOf(step.message), (bytes) => valueIn(FanoutMessage, bytes) !== undefined);
  return message && { ...step, message: hex(message) };
}

/** Whose group the Welcome leads to: its GroupInfo says so, behind the client's own key. */
function roomOfWelcome(step: ClientFlowStep, { keyPackages }: Seat): string | undefined {
  const fanned = valueIn(FanoutMessage, octetsOf(step.message));
  if (fanned?.message.wireFormat !== "mls_welcome" || !("ratchetTreeOption" in fanned)) return undefined;
  const { welcome } = fanned.message;
  const { ratchetTreeOption: option } = fanned;
  const own = welcome.secrets
    .map(({ newMember }) => keyPackages[hex(newMember)])
    .find((each) => each !== undefined);
  if (own === undefined || option?.representation !== "full") return undefined;
  const ratchetTree = fromRatchetTreeExtension(option.ratchetTree);
  const joined = attempt(() => joinByWelcome(welcome, { own, ratchetTree }, {}));
  return isRefused(joined) ? undefined : roomOfGroup(joined.state.groupContext.groupId);
}

/** Group and epoch as the client has them for the room. */
function asOfRoom(
  step: ClientFlowStep,
  { rooms }: Seat,
  take: (context: GroupContext) => Partial<Pick<GroupContext, "groupId" | "epoch">>,
): ClientFlowStep | undefined {
  const context = rooms[step.room]?.member?.groupContext ?? joinedBy(step)?.groupContext;
  const message =
    context &&
    altered(FanoutMessage, octetsOf(step.message), (fanned) => {
      const seen = withContext(fanned.message, take(context));
      return seen && ({ ...fanned, message: seen } as FanoutMessage);
    });
  return message === undefined ? undefined : { ...step, message };
}

function joinedBy({ made }: ClientFlowStep): GroupInfo | undefined {
  return made?.joining && valueIn(GroupInfo, octetsOf(made.joining.groupInfo));
}

function withContext(
  message: MLSMessage,
  seen: Partial<Pick<GroupContext, "groupId" | "epoch">>,
): MLSMessage | undefined {
  switch (message.wireFormat) {
    case "mls_public_message": {
      const { publicMessage } = message;
      const content = { ...publicMessage.content, ...seen } as typeof publicMessage.content;
      return { ...message, publicMessage: { ...publicMessage, content } as typeof publicMessage };
    }
    case "mls_private_message":
      return { ...message, privateMessage: { ...message.privateMessage, ...seen } };
    case "mls_semiprivate_message":
      return { ...message, semiprivateMessage: { ...message.semiprivateMessage, ...seen } };
    default:
      return undefined;
  }
}
