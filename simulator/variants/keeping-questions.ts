/** Open questions about the order of notifications, and about what servers keep. protocol-06 §5.4 and §5.5 */
import type { DeliveryVariants } from "../../spec-model/delivery-variants.ts";
import type { HubRoomContext, HubRoomEvent } from "../../spec-model/hub/index.ts";
import type { Alteration } from "./alteration.ts";
import { ask } from "./ask.ts";
import type { Question } from "./variant.ts";

/** One of the answers that a server's deviation carries. */
const otherwise =
  <Name extends keyof DeliveryVariants>(name: Name) =>
  (answer: string): Alteration => ({
    delivery: { [name]: answer } as Pick<DeliveryVariants, Name>,
  });

export const keepingQuestions: readonly Question[] = [
  ask(
    "hub.order",
    "protocol-06 §5.5",
    "Does a hub wait until a follower has taken one notify before it sends the next?",
    {
      oneByOne: "yes, for each room and follower",
      parallel: "no: each event goes out at once, and the requests may overtake each other",
    },
    "nothing in a notify tells a follower that another one is missing before it",
    otherwise("order"),
  ),
  ask(
    "hub.retries",
    "protocol-06 §5.5",
    "What is in a notify that is sent again: the same octets, or what has been accepted since, too?",
    { sameBody: "the same octets", withTheRest: "everything that the follower has not taken yet" },
    "a follower recognises a duplicate by the octets of the whole body, and by nothing else",
    otherwise("retries"),
  ),
  ask(
    "hub.times",
    "protocol-06 §5.4, §5.5",
    "Does a hub that has failed and goes on still have the times and franks of what it had accepted?",
    {
      written: "yes: they are written down with the message before it is answered",
      madeAgain: "no: what was not sent yet gets the time at which it is sent, and no frank",
    },
    "the sender has been told the time, and other followers have the message with it",
    otherwise("times"),
  ),
  ask(
    "hub.clock",
    "protocol-06 §5.4, content-09 §5.11",
    "What is the accepted time where the hub's clock has been set back?",
    {
      monotone: "no earlier than the one before it",
      wall: "what the clock shows",
    },
    "clients order messages by it, and a reply must not come before what it replies to",
    () => ({ provider: (state) => ({ ...state, followsClock: true }) }),
  ),
  ask(
    "hub.groupInfo",
    "protocol-06 §5.3",
    "Does the hub verify the GroupInfo that a commit brings?",
    {
      verified: "yes: its signature, and that it is of the epoch that the commit begins",
      unread: "no: it keeps it for those who join later",
    },
    "a GroupInfo that is of no epoch keeps everybody out who would join by it, and nobody in the group sees it",
    otherwise("groupInfo"),
  ),
  ask(
    "hub.oldEpochs",
    "protocol-06 §5.4, room-policy-04 §7",
    "From how many epochs back does the hub accept a message?",
    {
      asPolicySays: "as many as the operational policy's epoch_tolerance says; none where the room has none",
      none: "none, whatever the policy says",
      one: "one, whatever the policy says",
    },
    "protocol-06 has the code epochTooOld and no number, and room-policy-04 has the number and no use for it",
    (answer) => ({
      machines: [
        {
          machine: "hub room",
          decides: "isTooOld",
          by: (_usual, args) => {
            const { context, event } = args as unknown as AtHub;
            const least = context.current.epoch - (answer === "one" ? 1 : 0);
            return event.type === "submit" && event.epoch < least;
          },
        },
      ],
    }),
  ),
  ask(
    "follower.acknowledges",
    "protocol-06 §5.5",
    "What does a follower's 201 promise?",
    {
      durable: "the event is written down, and survives the server's stop",
      received: "the event has arrived: what waits for clients that are away is lost when the server stops",
    },
    "the hub forgets what has been answered with 201, and nobody else can deliver it",
    otherwise("acknowledges"),
    "follower",
  ),
  ask(
    "follower.repeats",
    "protocol-06 §5.5",
    "By what does a follower recognise a notify that it has had already?",
    { wholeBody: "by the hash of the whole body", nothing: "it does not: its clients have to" },
    "§5.5 asks for 201 and for ignoring it, and gives the octets as the one thing to go by",
    () => ({ machines: [{ machine: "follower room", without: "isRepeated" }] }),
    "follower",
  ),
];

type AtHub = { readonly context: HubRoomContext; readonly event: HubRoomEvent };
