/** Open questions about how clients read and write what a room's group holds. protocol-06 §3.5 and §7.5, RFC 9420 §7.3 */
import type { MlsApplication } from "../../spec-model/mls/index.ts";
import { type IndexReading, roomComponentLogicReading } from "../../spec-model/room/index.ts";
import type { AnyInput, Habit } from "./alteration.ts";
import { ask } from "./ask.ts";
import type { Question } from "./variant.ts";

const readings = new Map(
  (["epoch", "afterUpdates", "afterRemovals"] as const).map((reading: IndexReading) => [
    reading as string,
    roomComponentLogicReading(reading),
  ]),
);

export const readingQuestions: readonly Question[] = [
  ask(
    "list.indices",
    "protocol-06 §7.5, mls-extensions §4.7",
    "In which list does an index of a participant list update count?",
    {
      epoch: "in the list of the epoch, whatever else the commit does",
      afterUpdates: "in the list as the updates before it in the same commit have left it",
      afterRemovals: "the same, and every removal within an update shifts those that follow it",
    },
    "whoever proposes knows the epoch's list, and not what others propose at the same time",
    (answer) => {
      const components = readings.get(answer);
      return components === undefined ? {} : { application: (app) => ({ ...app, components }) };
    },
    "everybody",
  ),
  ask(
    "client.expiredLeaves",
    "RFC 9420 §7.3, protocol-06 §5.6",
    "May a client join a group in which another member's leaf has expired?",
    {
      refused: "no: it verifies the lifetimes of all leaves, as RFC 9420 recommends",
      tolerated: "yes: the lifetime is looked at where a leaf is added, and never after",
      hubDecides: "yes, and whom the hub has let in is in: clients do not look at lifetimes at all",
    },
    "RFC 9420 recommends it, and the MIMI drafts say nothing else",
    (answer) => ({ application: answer === "hubDecides" ? timeless : tolerant }),
    "client",
  ),
  ask(
    "timeline.afterRetraction",
    "content-09 §5.5, §5.6",
    "What does a client show of a message that was edited after it had been retracted?",
    {
      final: "that it was retracted: nothing comes after that",
      lastWins: "what came last in the room's order",
    },
    "whoever takes a message back, or has it taken back, means it to be gone",
    (answer) => ({
      timeline: (honest) => (messages, rules) =>
        honest(messages, {
          ...rules,
          afterRetraction: answer === "lastWins" ? "lastWins" : "final",
        }),
    }),
    "client",
  ),
  ask(
    "client.leaves",
    "protocol-06 §3.5, mls-extensions §6.3",
    "By which proposals does a client leave?",
    {
      asTold: "as the story says; Remove where it says nothing",
      remove: "a Remove for each of its user's clients",
      selfRemove: "a SelfRemove for itself, and a Remove for each other client of its user",
    },
    "both are in the drafts; which of them survives an external commit is what stories compare",
    (answer) => ({ habit: () => leaving(answer) }),
    "client",
  ),
];

function tolerant(app: MlsApplication): MlsApplication {
  return { ...app, toleratesExpiredMembers: true };
}

function timeless({ now: _now, ...app }: MlsApplication): MlsApplication {
  return app;
}

function leaving(form: string): Habit {
  return {
    takes: (input) => {
      const { intention } = input as Extract<AnyInput, { type: "intention" }>;
      const isLeave = input.type === "intention" && (intention as { readonly type: string }).type === "leave";
      return isLeave ? [{ ...input, intention: { ...(intention as object), form } }] : [input];
    },
  };
}
