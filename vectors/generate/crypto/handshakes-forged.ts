/** A commit under other signatures, and in another place than it was made for. RFC 9420 §6.1 */
import { utf8 } from "../../../spec-model/bytes.ts";
import { contentToBeSigned, FramedContentTBS } from "../../../spec-model/mls/index.ts";
import { topicUpdate } from "./group.ts";
import type { Wrong } from "./handshake-fault.ts";
import { committed, type HandshakeGroup } from "./handshake-group.ts";
import { second } from "./handshake-proposals.ts";
import { aliceClient, bobClient } from "./keys.ts";
import { wrongSignatures } from "./signed.ts";

/** The commit of the case `update` under other signatures, and in another place. */
export function forged(group: HandshakeGroup): Wrong[] {
  const { scene, alice } = group;
  const honest = committed(group, "update", [topicUpdate("Chess"), second]);
  if (honest.wireFormat !== "mls_public_message") return [];
  const { publicMessage } = honest;
  const { content, auth } = publicMessage;
  const changed = (
    slug: string,
    flag: string,
    path: string,
    op: string,
    change: object,
    signature = auth.signature,
  ): Wrong => ({
    parent: "update",
    slug,
    flag,
    path,
    op,
    message: {
      ...honest,
      publicMessage: {
        ...publicMessage,
        content: { ...content, ...change },
        auth: { ...auth, signature },
      } as typeof publicMessage,
    },
    requirements: [],
  });
  const signatures = wrongSignatures({
    suite: scene.suite,
    privateKey: scene.signatureOf(aliceClient).privateKey,
    otherPrivateKey: scene.signatureOf(bobClient).privateKey,
    label: "FramedContentTBS",
    content: FramedContentTBS.encode(contentToBeSigned("mls_public_message", content, alice.groupContext)),
    otherLabel: "LeafNodeTBS",
  }).map(({ slug, op, flag, signature }) =>
    changed(slug, flag, "FramedContentAuthData.signature", op, {}, signature),
  );
  const { leafIndex } = group.bob;
  return [
    ...signatures,
    changed("epoch", "Binding", "FramedContent.epoch", "it is of the epoch after", {
      epoch: content.epoch + 1n,
    }),
    changed("group", "Binding", "FramedContent.group_id", "it is of another group", {
      groupId: utf8("mimi://hub.example/g/attic"),
    }),
    changed("sender", "OtherKey", "FramedContent.sender", "it names another member as its sender", {
      sender: { senderType: "member", leafIndex },
    }),
    changed("nobody", "OtherKey", "FramedContent.sender", "it names a leaf that nobody has", {
      sender: { senderType: "member", leafIndex: 3 },
    }),
    changed(
      "data",
      "Unsigned",
      "FramedContent.authenticated_data",
      "authenticated data is added on the way",
      {
        authenticatedData: utf8("added"),
      },
    ),
  ];
}
