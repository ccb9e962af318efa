/** The proposals that handshakes in the vectors are made of, and references to them. RFC 9420 §12.1, mls-extensions §4.5 to §4.8 */
import { utf8 } from "../../../spec-model/bytes.ts";
import {
  dictionaryExtension,
  type Extension,
  type MLSMessage,
  type Proposal,
  proposalRef,
} from "../../../spec-model/mls/index.ts";
import { topic } from "./group.ts";
import {
  able,
  type HandshakeGroup,
  ownKeyPackage,
  poll,
  sendersExtension,
  subject,
} from "./handshake-group.ts";
import { hubDomain, type Scene } from "./keys.ts";

export const second: Proposal = {
  proposalType: "app_data_update",
  componentId: subject,
  op: "update",
  update: utf8("Chess"),
};
export const ephemeral: Proposal = {
  proposalType: "app_ephemeral",
  componentId: poll,
  data: utf8("Who comes?"),
};

/** What the proposal puts in the place of the group's extensions: the hub and a follower may propose from then on. */
export function replaced(
  group: HandshakeGroup,
  dictionary: ReadonlyMap<number, Uint8Array> | undefined,
): Proposal {
  const { groupContext } = group.alice;
  const extensions = groupContext.extensions.flatMap((each): Extension[] => {
    if (each.extensionType === "external_senders") {
      return [sendersExtension(group.scene, hubDomain, "b.example")];
    }
    if (each.extensionType !== "app_data_dictionary") return [each];
    return dictionary === undefined ? [] : [dictionaryExtension(dictionary)];
  });
  return { proposalType: "group_context_extensions", extensions };
}

export const unchanged = new Map([[topic, utf8("Welcome")]]);

export function componentPsk(scene: Scene, purpose: string): Proposal {
  const pskNonce = scene.random(`psk_nonce ${purpose}`).bytes(scene.suite.hashLength);
  const psk = { psktype: "application", componentId: topic, pskId: utf8("a key"), pskNonce } as const;
  return { proposalType: "psk", psk };
}

export function adding(scene: Scene, supports = able): Proposal {
  const { keyPackage } = ownKeyPackage(scene, "mimi://d.example/d/dave/ClientD1", supports);
  return { proposalType: "add", keyPackage };
}

export function referenceOf({ suite }: Scene, message: MLSMessage): Uint8Array {
  if (message.wireFormat !== "mls_public_message") throw new Error("no PublicMessage");
  const { content, auth } = message.publicMessage;
  return proposalRef(suite, { wireFormat: message.wireFormat, content, auth });
}
