/** Pairs of rooms that differ in who has sent a message, at a provider other than the follower's. Property I40 */
import { fromHex, hex, noBytes, utf8 } from "../../spec-model/bytes.ts";
import { NotifyBody } from "../../spec-model/fan-out/index.ts";
import { type Frank, verifyFrank } from "../../spec-model/franking/index.ts";
import { cipherSuite } from "../../spec-model/mls/index.ts";
import type { ProviderState } from "../../spec-model/provider/index.ts";
import { attempt, isRefused } from "../../spec-model/room/index.ts";
import { type Run, run } from "../run/index.ts";
import { serverA, serverB } from "../scenarios/index.ts";
import type { Trace, TraceEvent } from "../trace/index.ts";
import { followerView } from "./follower-view.ts";
import { afterBoth, carol, cathy, type Story, salon, worldOf } from "./roster.ts";

/** What the follower sees of a world, and whom it suspects of each message that it hands on. */
export interface SeenBySomebodyElse {
  /** As `followerView`, with tags and franks by their lengths: they are MACs and signatures, and new ones each time. */
  readonly view: readonly string[];
  /** The users who may have sent each message, as far as guessing tells. */
  readonly suspects: readonly (readonly string[])[];
}

/** Who writes. */
export const writing: readonly [Story, Story] = [
  afterBoth(({ c1 }) => [c1.writes(salon, "Who am I?")]),
  afterBoth(({ d1 }) => [d1.writes(salon, "Who am I?")]),
];

/** Who renames the room, by a PublicMessage: what the view has to tell apart. */
export const renaming: readonly [Story, Story] = [
  afterBoth(({ a1, c1 }) => [a1.changesRole(cathy, salon, 4, "may rename"), c1.renames(salon, "east")]),
  afterBoth(({ a1, d1 }) => [a1.changesRole(carol, salon, 4, "may rename"), d1.renames(salon, "east")]),
];

/** Both worlds as the follower sees them. */
export function seenOf(stories: readonly [Story, Story], seed = 1): readonly SeenBySomebodyElse[] {
  return stories.map((story) => {
    let key = noBytes;
    const made: Run = run(worldOf(story, "public"), {
      ...{ seed, keepBodies: true },
      atRest: (actors) => {
        const hub = actors.find(({ id }) => id === serverA.setting.domain);
        key = (hub?.state() as ProviderState | undefined)?.keys.franking.publicKey ?? key;
      },
    });
    if (!made.holds) throw new Error("the story does not go as it is told");
    const view = followerView(made.trace, serverB.setting.domain).map(withoutFranks);
    return { view, suspects: suspectsIn(made.trace, key) };
  });
}

const drawn = /((?:authenticatedData|serverFrank|frankingIntegritySignature)\\*":\\*")([0-9a-f]*)/g;

function withoutFranks(line: string): string {
  return line.replace(drawn, (_, name: string, octets: string) => `${name}${octets.length / 2} octets`);
}

/** For each message with a frank: whose name the frank fits, or stands in the clear. */
function suspectsIn({ events }: Trace, key: Uint8Array): string[][] {
  const candidates = [cathy, carol].map(({ user }) => user);
  return events
    .filter(
      (event): event is TraceEvent<"send"> => event.type === "send" && event.to === serverB.setting.domain,
    )
    .flatMap(({ body = "" }) => {
      const fanned = attempt(() => NotifyBody.decode(fromHex(body) ?? noBytes));
      return isRefused(fanned) ? [] : fanned;
    })
    .flatMap(({ timestamp, message, ...beside }) => {
      const { frank } = beside as { readonly frank?: Frank };
      if (frank === undefined || message.wireFormat !== "mls_private_message") return [];
      const inClear = hex(message.privateMessage.authenticatedData);
      const fits = (uri: string) =>
        inClear.includes(hex(utf8(uri))) ||
        verifyFrank(cipherSuite(1), key, frank, {
          senderUri: { uri },
          roomUri: { uri: salon.uri },
          acceptedTimestamp: timestamp,
        });
      return [candidates.filter(fits)];
    });
}
