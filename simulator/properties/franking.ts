/** Franks: a receiver's, a hub's and a reporter's view of them agree. protocol-06 §5.4.1 and §5.9 */
import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { concat, equalBytes, hex } from "../../spec-model/bytes.ts";
import { decodeContent } from "../../spec-model/content/index.ts";
import { type Evidence, ServerFrankingContext } from "../../spec-model/franking/index.ts";
import { dictionaryOf } from "../../spec-model/mls/index.ts";
import { componentIds } from "../../spec-model/room/structures/index.ts";
import { eachStep, type Found, type Property, together } from "./definition.ts";
import { authorship, freshIn } from "./delivery.ts";
import type { ClientRoomChange, Step } from "./step.ts";
import { hostedRoom, type View } from "./view.ts";

/** What a client has come to accept as proof in this step. */
function freshEvidence({ before, after }: ClientRoomChange): readonly Evidence[] {
  if (before?.evidence === after.evidence) return [];
  const known = before?.evidence ?? {};
  return Object.entries(after.evidence).flatMap(([id, evidence]) =>
    Object.hasOwn(known, id) ? [] : [evidence],
  );
}

const authentic: Property = eachStep(
  {
    id: "I36",
    says: "a frank that a client accepts was given by the hub, for that sender, that room and that time",
    draft: "protocol-06 §5.4.1.3",
    assumes: ["hub", "follower"],
  },
  () => {
    const given = new Map<string, bigint>();
    return (step) => {
      for (const { room, accepted } of step.hosted) {
        for (const { fanned } of accepted) {
          const stamp = fanned.frank?.serverFrank;
          if (stamp !== undefined) given.set(`${room} ${hex(stamp)}`, fanned.timestamp);
        }
      }
      return together(
        step.rooms.map((change): Found => {
          const fresh = freshEvidence(change);
          if (fresh.length === 0) return undefined;
          return fresh.flatMap(({ frank, context }) => {
            const at = given.get(`${context.roomUri.uri} ${hex(frank.serverFrank)}`);
            if (at === context.acceptedTimestamp && context.roomUri.uri === change.room) return [];
            const really = at === undefined ? "has never given it" : `gave it for time ${at}`;
            return [
              `${change.client} accepts a frank for ${context.senderUri.uri} at ${context.acceptedTimestamp}; the hub ${really}`,
            ];
          });
        }),
      );
    };
  },
);

const reportable: Property = eachStep(
  {
    id: "I37",
    says: "what a client accepts with a frank the hub would verify in a report",
    draft: "protocol-06 §5.4.1.4 and §5.9",
    assumes: ["hub", "follower"],
  },
  () => (step, view) =>
    together(
      step.rooms.map((change): Found => {
        const fresh = freshEvidence(change);
        const keys = hubKeys(view, change.room);
        if (fresh.length === 0 || keys.length === 0) return undefined;
        return fresh
          .filter(
            (evidence) => !keys.some((key) => equalBytes(stampOf(key, evidence), evidence.frank.serverFrank)),
          )
          .map(
            ({ context }) =>
              `the hub would not verify ${change.client}'s report of a message of ${context.senderUri.uri}`,
          );
      }),
    ),
);

/** server_frank as §5.4.1.2 has it: the hub's HMAC over the sender's tag and the context. */
function stampOf(hubKey: Uint8Array, { applicationData, context }: Evidence): Uint8Array {
  const tag = hmac(sha256, decodeContent(applicationData).salt, applicationData);
  return hmac(sha256, hubKey, concat(tag, ServerFrankingContext.encode(context)));
}

function hubKeys(view: View, room: string): Uint8Array[] {
  for (const { hosted, keys, pastHubKeys } of view.providers.values()) {
    if (hosted[room] !== undefined) return [keys.hubKey, ...pastHubKeys.map(({ hubKey }) => hubKey)];
  }
  return [];
}

const noFraming: Property = eachStep(
  {
    id: "I38",
    says: "the hub verifies a report against a user only where that user's client wrote the content in that room",
    draft: "protocol-06 §5.4.1 and §5.9",
    assumes: ["hub", "follower"],
  },
  () => {
    const written = authorship();
    return (step) => {
      written.learn(step);
      return together(
        verdictsIn(step).map(({ room, sender, messageId }): Found => {
          const author = written.of(messageId);
          if (author?.user === sender && author.room === room) return [];
          return [
            `the hub of ${room} verifies a report that ${sender} wrote what ${author?.user ?? "nobody"} has written`,
          ];
        }),
      );
    };
  },
);

/** What a hub has verified in this step. */
function verdictsIn({ provider }: Step) {
  if (provider === undefined || provider.before.reports === provider.after.reports) return [];
  return Object.values(provider.after.reports).flatMap(({ context: { room, records } }) => {
    const known = provider.before.reports[room]?.context.records ?? [];
    const fresh = records.filter((record) => !known.includes(record));
    return fresh.flatMap(({ messages }) =>
      messages.flatMap((verdict) =>
        verdict.verified ? [{ room, sender: verdict.sender, messageId: verdict.messageId }] : [],
      ),
    );
  });
}

const noStrip: Property = eachStep(
  {
    id: "I39",
    says: "where a room has a franking agent, a client shows no message without proof as if it had one",
    draft: "protocol-06 §5.4.1",
    assumes: ["client"],
  },
  () => (step, view) =>
    together(
      step.rooms.map((change): Found => {
        const context =
          change.after.member?.groupContext ?? hostedRoom(view, change.room)?.group.groupContext;
        const fresh = freshIn(change).filter(({ sender }) => sender !== change.user);
        if (context === undefined || fresh.length === 0) return undefined;
        if (!dictionaryOf(context.extensions).has(componentIds.franking_signature_key)) return undefined;
        const flagged = step.outputs.some((each) => each.type === "noticed");
        return fresh
          .filter(({ messageId }) => change.after.evidence[messageId] === undefined && !flagged)
          .map(
            ({ sender }) =>
              `${change.client} shows a message of ${sender} in ${change.room} without a frank, and says nothing`,
          );
      }),
    ),
);

export const franking: readonly Property[] = [authentic, reportable, noFraming, noStrip];
