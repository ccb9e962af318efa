/** Do all clients of a room agree on the GroupContext and the epoch authenticator of every epoch they enter? I01 */
import type { Observation } from "../../spec-model/actor.ts";

type Entered = Extract<Observation, { type: "entered" }>;

/** What was found at one entry. */
export interface AgreementFinding {
  readonly holds: boolean;
  readonly detail: string;
}

export interface Agreement {
  /** Compares an entry with those before it. */
  enter(actor: string, entered: Entered): AgreementFinding;
  /** An actor is no longer in a room. */
  leave(actor: string, room: string): void;
  /** For each room: are all who are in it, and not away, in the same epoch, now that everything has come to rest? */
  standing(away?: ReadonlySet<string>): readonly Standing[];
}

export interface Standing {
  readonly room: string;
  readonly ok: boolean;
  readonly detail: string;
}

/** GroupContexts are compared between everyone, authenticators between members: a hub has none. */
export function createAgreement(): Agreement {
  const contexts = new Map<string, Said>();
  const authenticators = new Map<string, Said>();
  const epochs = new Map<string, Map<string, number>>();
  return {
    enter(actor, entered) {
      const group = entered.group === undefined ? "" : ` (in its group ${entered.group})`;
      const place = `epoch ${entered.epoch} of ${entered.room}${group}`;
      const here = epochs.get(entered.room) ?? new Map<string, number>();
      epochs.set(entered.room, here.set(actor, entered.epoch));
      const differs =
        disagreement(contexts, place, actor, entered.groupContext, "GroupContext") ??
        (entered.authenticator === undefined
          ? undefined
          : disagreement(authenticators, place, actor, entered.authenticator, "epoch authenticator"));
      return { holds: differs === undefined, detail: differs ?? `${place}: ${actor} agrees` };
    },
    leave(actor, room) {
      epochs.get(room)?.delete(actor);
    },
    standing(away = new Set()) {
      return [...epochs].map(([room, all]) => {
        const here = new Map([...all].filter(([actor]) => !away.has(actor)));
        const latest = Math.max(...here.values());
        const behind = [...here].filter(([, epoch]) => epoch !== latest).map(([actor]) => actor);
        const detail =
          behind.length === 0
            ? `${here.size} actors are in epoch ${latest}`
            : `${behind.join(", ")} not in epoch ${latest}`;
        return { room, ok: behind.length === 0, detail };
      });
    },
  };
}

interface Said {
  readonly value: string;
  readonly by: string;
}

function disagreement(
  seen: Map<string, Said>,
  place: string,
  actor: string,
  value: string,
  what: string,
): string | undefined {
  const known = seen.get(place);
  if (known === undefined) seen.set(place, { value, by: actor });
  if (known === undefined || known.value === value) return undefined;
  return `${place}: the ${what} of ${actor} (${value}) is not that of ${known.by} (${known.value})`;
}
