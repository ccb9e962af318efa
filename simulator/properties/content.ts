/** Message IDs, and who may change whose messages. content-09 §3.3 and §9.3 */
import { sha256 } from "@noble/hashes/sha2.js";
import { concat, hex, utf8 } from "../../spec-model/bytes.ts";
import { decodeContent } from "../../spec-model/content/index.ts";
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

export const content: readonly Property[] = [messageIds, editAuthority];
