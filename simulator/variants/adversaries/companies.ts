/** Several who act together: what one of them has, all of them have. protocol-06 §9, arch-03 §6 */
import type { Output } from "../../../spec-model/actor.ts";
import { hex, textOf } from "../../../spec-model/bytes.ts";
import { GroupInfoRequest } from "../../../spec-model/group-info/index.ts";
import { domainOfUri } from "../../../spec-model/identifiers/index.ts";
import type { ClientState } from "../../../spec-model/participant/index.ts";
import { attempt, isRefused } from "../../../spec-model/room/index.ts";
import type { RunningActor } from "../../running-actor.ts";
import type { AnyInput, Company, Habit } from "../alteration.ts";
import { isDelivery } from "../defects/carriers.ts";
import { adversariesOf, adversary, type Row } from "./adversary.ts";
import { lendsItsStamp } from "./lent-stamp.ts";

const rows: readonly Row[] = [
  [
    "providers-pass-on-join-codes",
    "tell the codes that their clients show to every client that would join without one",
    "a code for many lets in whoever the providers like, in the code's role; a code for one is spent by the client that it was for, or by the other, and the hub cannot tell which",
    [],
    passesOnCodes,
  ],
  [
    "hub-lends-its-stamp",
    "gives its franking keys to members, who report messages that they have made up, in others' names",
    "the report holds, as the frank is the hub's: a frank convinces whoever trusts the hub, and proves nothing against a hub and a member together",
    [],
    lendsItsStamp,
  ],
];

export const companies = [
  ...adversariesOf("everybody", rows),
  ...adversariesOf("provider", [
    [
      "followers-feed-the-removed",
      "give everything of a room to all clients that any of them has ever given anything of it, those who have been removed among them",
      "the removed learn that there is something, how much and when; they have no key to read it",
      [],
      feedsTheRemoved,
    ],
  ]),
  adversary(
    "everybody",
    "providers-hand-welcomes-around",
    "give each Welcome to all clients of the provider, and one of them has stolen the private keys of the others' KeyPackages",
    "the thief comes into the group as the other, reads what the other reads and cannot be told from it; when the other has put a new key into its leaf, by a commit, the thief reads nothing more",
    ["keysKept"],
    { habit: handsAround, inPlace: stealingKeyPackages },
  ),
];

/** The provider sees what its clients ask the hub, and the code is not encrypted to the hub. protocol-06 §5.6 */
function passesOnCodes({ told }: Company): Habit {
  return {
    takes(input) {
      noteCode(told, input);
      return [withCode(told, input)];
    },
  };
}

function noteCode(told: Company["told"], input: AnyInput): void {
  if (input.type !== "local" || input.message.type !== "ask") return;
  const { operation, room, body } = input.message;
  if (operation !== "groupInfo") return;
  const request = attempt(() => GroupInfoRequest.decode(body));
  if (!isRefused(request) && request.joiningCode.length > 0) told.set(room, textOf(request.joiningCode));
}

function withCode(told: Company["told"], input: AnyInput): AnyInput {
  if (input.type !== "intention") return input;
  const intention = input.intention as {
    readonly type: string;
    readonly room?: string;
    readonly code?: string;
  };
  if (intention.type !== "joinAsNewClient" || intention.code !== undefined) return input;
  const code = told.get(intention.room ?? "");
  return code === undefined ? input : { ...input, intention: { ...intention, code } };
}

/** The way from one provider to the other's clients is theirs; who is still inside is served by the own provider. */
function feedsTheRemoved({ told, stateOf }: Company): Habit {
  return {
    gives: (outputs) =>
      outputs.flatMap((output) => {
        if (!isDelivery(output) || output.label === "Welcome") return [output];
        const { room, message } = output.message;
        const clients = setIn(told, `clients ${room}`);
        clients.add(output.to);
        const had = setIn(told, `fed ${room} ${hex(message)}`);
        had.add(output.to);
        const removed = [...clients].filter((client) => !had.has(client) && isOutside(stateOf(client), room));
        for (const client of removed) had.add(client);
        return [output, ...removed.map((to): Output => ({ ...output, to }))];
      }),
  };
}

function isOutside(state: unknown, room: string): boolean {
  const { rooms } = (state ?? {}) as Partial<ClientState>;
  return rooms !== undefined && rooms[room]?.member === undefined;
}

function setIn(told: Company["told"], name: string): Set<string> {
  const known = told.get(name);
  const set = known instanceof Set ? (known as Set<string>) : new Set<string>();
  told.set(name, set);
  return set;
}

/** The last client of a provider; the others there have been robbed. */
function thiefAt(domain: string, { actors }: Company): string | undefined {
  return actors.findLast((actor) => actor.startsWith("mimi:") && domainOfUri(actor) === domain);
}

function handsAround(company: Company): Habit {
  const served = new Set<string>();
  return {
    takes(input, { actor }) {
      rob(company, actor);
      return [input];
    },
    gives: (outputs) =>
      outputs.flatMap((output) => {
        if (!isDelivery(output)) return [output];
        const thief = thiefAt(domainOfUri(output.to) ?? "", company);
        if (thief === undefined || thief === output.to) return [output];
        const name = `${thief} ${hex(output.message.message)}`;
        if (served.has(name)) return [output];
        served.add(name);
        return [output, { ...output, to: thief }];
      }),
  };
}

type KeyPackages = ClientState["keyPackages"];

/** What the clients of a provider have at each of its steps: they have made their KeyPackages before they store them. */
function rob({ told, stateOf, actors }: Company, provider: string): void {
  for (const client of actors.filter((each) => each.startsWith("mimi:") && domainOfUri(each) === provider)) {
    const { keyPackages = {} } = (stateOf(client) ?? {}) as Partial<ClientState>;
    told.set(`stolen ${provider}`, { ...stolenAt(told, provider), ...keyPackages });
  }
}

function stolenAt(told: Company["told"], provider: string): KeyPackages {
  return (told.get(`stolen ${provider}`) ?? {}) as KeyPackages;
}

/** Whenever something is handed to the thief, it has what has been stolen by then. */
function stealingKeyPackages(actor: RunningActor, company: Company): RunningActor {
  const domain = domainOfUri(actor.id) ?? "";
  if (thiefAt(domain, company) !== actor.id) return actor;
  return {
    ...actor,
    take(input, moment) {
      if (input.type === "local" && input.message.type === "deliver") {
        const stolen = stolenAt(company.told, domain);
        actor.adapt?.((state: ClientState) => ({
          ...state,
          keyPackages: { ...state.keyPackages, ...stolen },
        }));
      }
      return actor.take(input, moment);
    },
  };
}
