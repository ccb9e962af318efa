/** Readers of what others have sealed or signed, who take one kind of failure for success: franks, reports, links, answers. */
import { AbusiveMessage } from "../../spec-model/abuse/index.ts";
import { decodeContent, extensionKey, type MimiContent } from "../../spec-model/content/index.ts";
import { decodeRatchetTree, HPKECiphertext, leafAt } from "../../spec-model/mls/index.ts";
import { PseudonymousCredential, PseudonymousCredentialTBS } from "../../spec-model/pseudonyms/index.ts";
import { suiteIn } from "../adapters/typescript/crypto/answers.ts";
import { cryptoHandlers } from "../adapters/typescript/crypto.ts";
import { octetsIn } from "../adapters/typescript/input.ts";
import type { JsonObject } from "../format/case.ts";
import type { CheckLeftOut } from "./lenient-requests.ts";

export const lenientAnswers: readonly CheckLeftOut[] = [
  {
    id: "frank for whom the content names",
    says: "takes the sender from the content, and not from the leaf that has sent it",
    operation: "franking.verify",
    accepts: (input) => {
      const sender = contentIn(octetsIn(input, "applicationData"))?.mimiExtensions.get(
        extensionKey.senderUri,
      );
      return isValid("franking.verify", { ...input, sender: String(sender) });
    },
  },
  {
    id: "frank for the room that the content names",
    says: "takes the room from the content, and not from the group that it was received in",
    operation: "franking.verify",
    accepts: (input) => {
      const room = contentIn(octetsIn(input, "applicationData"))?.mimiExtensions.get(extensionKey.roomUri);
      return isValid("franking.verify", { ...input, room: String(room) });
    },
  },
  {
    id: "frank in a group without an agent",
    says: "finds every frank good where nobody can verify it",
    operation: "franking.verify",
    accepts: ({ agentKey }) => agentKey === undefined,
  },
  {
    id: "frank for octets",
    says: "shows what is no content, and computes no tag where there is no salt",
    operation: "franking.verify",
    accepts: (input) => contentIn(octetsIn(input, "applicationData")) === undefined,
  },
  {
    id: "report on the reporter's word",
    says: "reads the content and who has sent it, and looks at no frank",
    operation: "abuse-report.verify",
    accepts: (input) => {
      const content = contentIn(AbusiveMessage.decode(octetsIn(input, "bytes")).messageContent);
      return typeof content?.mimiExtensions.get(extensionKey.senderUri) === "string";
    },
  },
  {
    id: "report of octets",
    says: "takes reports of what is no content",
    operation: "abuse-report.verify",
    accepts: (input) =>
      contentIn(AbusiveMessage.decode(octetsIn(input, "bytes")).messageContent) === undefined,
  },
  {
    id: "identity link that need not open",
    says: "takes a link that it cannot decrypt for one that is meant for others",
    operation: "identity-link.open",
    accepts: (input) => {
      const credential = PseudonymousCredential.decode(octetsIn(input, "bytes"));
      const { identityLinkCiphertext: sealed } = credential;
      const { aead } = suiteIn(input, undefined);
      if (sealed.length < aead.nonceLength) return true;
      const [nonce, ciphertext] = [sealed.subarray(0, aead.nonceLength), sealed.subarray(aead.nonceLength)];
      const aad = PseudonymousCredentialTBS.encode(credential);
      return aead.open(octetsIn(input, "key"), nonce, aad, ciphertext) === undefined;
    },
  },
  {
    id: "ciphertext without an encapsulated key",
    says: "takes what has no kem_output for something that is not encrypted",
    operation: "component.open",
    accepts: (input) => HPKECiphertext.decode(octetsIn(input, "ciphertext")).kemOutput.length === 0,
  },
  {
    id: "GroupInfo signed by nobody",
    says: "verifies no signature where the signer's leaf is blank",
    operation: "group-info.complete",
    accepts: (input) => {
      const tree = decodeRatchetTree(octetsIn(input, "ratchetTree"));
      return leafAt(tree, Number(input["signer"])) === undefined;
    },
  },
];

function isValid(operation: string, input: JsonObject): boolean {
  return cryptoHandlers[operation]?.(input).outcome === "valid";
}

function contentIn(data: Uint8Array): MimiContent | undefined {
  try {
    return decodeContent(data);
  } catch {
    return undefined;
  }
}
