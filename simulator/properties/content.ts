/** Message IDs, what replies name, what is derived, and who may change whose messages. content-09 §3.3, §4.1, §4.6, §9.3 */
import { sha256 } from "@noble/hashes/sha2.js";
import { concat, equalBytes, hex, utf8 } from "../../spec-model/bytes.ts";
import { decodeContent, type TimelineMessage } from "../../spec-model/content/index.ts";
import { timelineIn } from "../../spec-model/participant/index.ts";
import { eachStep, type Found, type Property, together } from "./definition.ts";
import { freshIn } from "./delivery.ts";
import { roleIn, roleWith } from "./reading.ts";
import { hostedRoom } from "./view.ts";

const messageIds: Property = eachStep(
  {
    id: "I45",
    says: "a message's ID is computed from its content, its sender and its room, and no two messages share one",
    draft: "content-09 §3.3",
    assumes: ["client"],
  },
  () => {
    const contents = new Map<string, string>();
    return ({ rooms }) =>
      together(
        rooms.map((change): Found => {
          const fresh = freshIn(change);
          if (fresh.length === 0) return undefined;
          return fresh.flatMap(({ messageId, sender }) => {
            const encoded = change.after.evidence[messageId]?.applicationData;
            if (encoded === undefined) return [];
            const digest = hex(sha256(encoded));
            const known = contents.get(messageId);
            contents.set(messageId, digest);
            if (known !== undefined && known !== digest) return [`two messages have the ID ${messageId}`];
            return idOf(encoded, sender, change.room) === messageId
              ? []
              : [`${change.client} has a message of ${sender} under an ID that is not its own`];
          });
        }),
      );
  },
);

/** SHA-256 over the two URIs with their lengths, the content and once more its salt: 31 octets behind a 1. */
function idOf(encoded: Uint8Array, sender: string, room: string): string {
  const uris = [sender, room].map((uri) => {
    const octets = utf8(uri);
    return concat(Uint8Array.of(octets.length >> 8, octets.length & 255), octets);
  });
  const digest = sha256(concat(...uris, encoded, decodeContent(encoded).salt));
  return `01${hex(digest.subarray(0, 31))}`;
}

const editAuthority: Property = eachStep(
  {
    id: "I46",
    says: "nobody's edit or retraction of another user's message takes effect without the capability",
    draft: "content-09 §9.3, room-policy-04 §8.3",
    assumes: ["client"],
  },
  () =>
    ({ rooms }, view) =>
      together(
        rooms.map((change): Found => {
          const { room, after } = change;
          const fresh = freshIn(change).filter(({ content }) => content.replaces !== undefined);
          if (fresh.length === 0) return undefined;
          const shown = timelineIn(after);
          return fresh.flatMap(({ messageId, sender, content }) => {
            const target = content.replaces === undefined ? "" : hex(content.replaces);
            const entry = shown.find(
              ({ versions, state }) =>
                versions.includes(messageId) || (state === "retracted" && versions.includes(target)),
            );
            if (entry === undefined || entry.sender === sender) return [];
            const context = hostedRoom(view, room)?.machine.context;
            const role = roleWith(
              context?.policy.roles ?? [],
              roleIn(context?.current.participants ?? [], sender) ?? 0,
            );
            return role?.capabilities.includes("canDeleteOtherMessage") === true
              ? []
              : [`${change.client} lets ${sender} change a message of ${entry.sender} in ${room}`];
          });
        }),
      ),
);

const repliesToNewest: Property = eachStep(
  {
    id: "I59",
    says: "a reply or reaction names the newest version that its client knows of a message",
    draft: "content-09 §4.1",
    assumes: ["client"],
  },
  () => {
    const composed = new Set<string>();
    return ({ rooms }) =>
      together(
        rooms.map(({ client, room, before, after }): Found => {
          if (before === undefined || (after.sent === before.sent && after.unsent === before.unsent))
            return undefined;
          const fresh = [...Object.values(after.sent), ...after.unsent].filter(
            ({ messageId }) => !composed.has(`${client} ${messageId}`),
          );
          // What had to wait was composed before: what has been edited since it could not know.
          for (const { messageId } of fresh) composed.add(`${client} ${messageId}`);
          const named = fresh.flatMap(({ content: { inReplyTo, replaces } }) =>
            inReplyTo === undefined || replaces !== undefined ? [] : [hex(inReplyTo)],
          );
          if (named.length === 0) return undefined;
          return named
            .filter((id) => newestVersion(before.messages, id) !== id)
            .map((id) => `${client} answers ${id.slice(0, 8)} in ${room}, which has a newer version`);
        }),
      );
  },
);

/** The latest version by its own author of the message that `id` is a version of, retractions aside. */
function newestVersion(messages: readonly TimelineMessage[], id: string): string {
  const version = messages.find(({ messageId }) => messageId === id);
  if (version === undefined) return id;
  const first = version.content.replaces === undefined ? id : hex(version.content.replaces);
  const versions = messages.filter(
    ({ messageId, sender, content: { replaces, nestedPart } }) =>
      sender === version.sender &&
      nestedPart.cardinality !== "nullpart" &&
      (messageId === first || (replaces !== undefined && hex(replaces) === first)),
  );
  return versions.at(-1)?.messageId ?? id;
}

const derivedValues: Property = eachStep(
  {
    id: "I60",
    says: "what a client derives about a message is the room's group, and a leaf that its sender has had there",
    draft: "content-09 §4.6",
    assumes: ["hub", "client"],
  },
  () => {
    const leaves = new Set<string>();
    const noted = new Map<string, unknown>();
    return ({ rooms, hosted }) => {
      for (const { room, after } of hosted) {
        const { members } = after.machine.context.current;
        if (noted.get(room) === members) continue;
        noted.set(room, members);
        for (const { leaf, client } of members) leaves.add(`${room} ${leaf} ${client}`);
      }
      return together(
        rooms.map(({ client, room, before, after }): Found => {
          if (after.derived === before?.derived) return undefined;
          const fresh = freshIn({ client, user: "", room, before, after });
          return fresh.flatMap(({ messageId, sender }) => {
            const derived = after.derived[messageId];
            if (derived === undefined) return [];
            const group = after.member?.groupContext.groupId;
            const isRight =
              derived.roomUrl === room &&
              derived.senderUserUrl === sender &&
              (group === undefined || equalBytes(group, derived.mlsGroupId)) &&
              leaves.has(`${room} ${derived.senderLeafIndex} ${derived.senderClientUrl}`);
            return isRight
              ? []
              : [`${client} derives of a message of ${sender} in ${room} what is not so in the group`];
          });
        }),
      );
    };
  },
);

export const content: readonly Property[] = [messageIds, editAuthority, repliesToNewest, derivedValues];
