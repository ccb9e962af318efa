/** The messages of dishonest senders differ from honest ones where they are meant to, and nowhere else. */
import { describe, expect, it } from "vitest";
import { hex, noBytes } from "../../../spec-model/bytes.ts";
import {
  type FramedContent,
  messageKeys,
  protectSemiPrivate,
  SemiPrivateMessage,
  signContent,
} from "../../../spec-model/mls/index.ts";
import { crafted } from "../../../vectors/generate/crypto/craft.ts";
import { foundGroup, topicUpdate } from "../../../vectors/generate/crypto/group.ts";
import { scenes } from "../../../vectors/generate/crypto/keys.ts";

describe("a SemiPrivateMessage made step by step", () => {
  it.each(scenes("a test").map((scene) => [scene.suite.id, scene] as const))(
    "without a deviation is what the model makes, in cipher suite %i",
    (_, scene) => {
      const { alice, receivers } = foundGroup(scene);
      const { groupId, epoch } = alice.groupContext;
      const content: FramedContent = {
        groupId,
        epoch,
        sender: { senderType: "member", leafIndex: alice.leafIndex },
        authenticatedData: noBytes,
        contentType: "proposal",
        proposal: topicUpdate("Plans"),
      };
      const wireFormat = "mls_semiprivate_message";
      const { suite } = scene;
      const signature = signContent(
        suite,
        alice.signaturePrivateKey,
        wireFormat,
        content,
        alice.groupContext,
      );
      const made = protectSemiPrivate(
        suite,
        messageKeys(alice),
        { wireFormat, content, auth: { signature } },
        alice.groupContext,
        0,
        scene.random("message"),
      );
      const listed = receivers.map(({ receiver }) => receiver);
      const byHand = crafted(scene, alice, listed, content, scene.random("message"));
      expect(hex(SemiPrivateMessage.encode(byHand))).toBe(hex(SemiPrivateMessage.encode(made.message)));
    },
  );
});
