/** Receivers of franks, hubs that check reports, and readers of identity links, that leave out one check each. */
import { AbusiveMessage } from "../../spec-model/abuse/index.ts";
import { equalBytes, hex } from "../../spec-model/bytes.ts";
import { decodeContent, extensionKey, type MimiContent } from "../../spec-model/content/index.ts";
import { Frank, frank, frankingTag, verifyFrank } from "../../spec-model/franking/index.ts";
import { domainOfUri } from "../../spec-model/identifiers/index.ts";
import { verifyWithLabel } from "../../spec-model/mls/index.ts";
import {
  IdentityLinkTBE,
  PseudonymousCredential,
  PseudonymousCredentialTBS,
} from "../../spec-model/pseudonyms/index.ts";
import { suiteIn } from "../adapters/typescript/crypto/answers.ts";
import { contextIn } from "../adapters/typescript/crypto/franking.ts";
import { cryptoHandlers } from "../adapters/typescript/crypto.ts";
import { listIn, octetsIn, octetsOf } from "../adapters/typescript/input.ts";
import type { JsonObject } from "../format/case.ts";
import { sameBeginning } from "./lenient-primitives.ts";
import type { CheckLeftOut } from "./lenient-requests.ts";

/** As many octets of a MAC as a comparison in a hurry looks at. */
const beginning = 16;

/** A receiver that is right but for what `mend` puts right for it. */
function receiver(id: string, says: string, mend: (input: JsonObject) => JsonObject): CheckLeftOut {
  const operation = "franking.verify";
  return { id, says, operation, accepts: (input) => isValid(operation, mend(input)) };
}

export const lenientFranking: readonly CheckLeftOut[] = [
  receiver("frank without its tag", "does not compute the franking tag again", (input) => ({
    ...input,
    tag: tagOf(input),
  })),
  receiver("frank with the tag's beginning", "compares the first 16 octets of the franking tag", (input) =>
    input["tag"] !== undefined && sameBeginning(octetsIn(input, "tag"), octetsOf(tagOf(input)), beginning)
      ? { ...input, tag: tagOf(input) }
      : input,
  ),
  receiver("frank of any agent", "does not look whether the franking agent is the room's hub", (input) => ({
    ...input,
    ...(input["agentKey"] === undefined ? {} : { agentDomain: domainOfUri(String(input["room"])) }),
  })),
  receiver("frank of an agent with the hub's ending", "compares the ends of domains", (input) => {
    const domain = domainOfUri(String(input["room"]));
    return String(input["agentDomain"]).endsWith(domain) ? { ...input, agentDomain: domain } : input;
  }),
  {
    id: "frank for any content",
    says: "verifies the hub's signature and the tag, and does not look what the content says of itself",
    operation: "franking.verify",
    accepts: (input) => {
      const content = contentIn(octetsIn(input, "applicationData"));
      if (content === undefined || input["agentKey"] === undefined || input["tag"] === undefined)
        return false;
      const [key, given] = [octetsIn(input, "agentKey"), Frank.decode(octetsIn(input, "frank"))];
      const isSigned = verifyFrank(suiteIn(input, undefined), key, given, contextIn(input));
      return (
        isSigned &&
        input["tag"] === tagOf(input) &&
        input["agentDomain"] === domainOfUri(String(input["room"]))
      );
    },
  },
  {
    id: "frank under the suite that it names",
    says: "verifies by the cipher suite in the frank, whatever the group's is",
    operation: "franking.verify",
    accepts: (input) => {
      const given = Frank.decode(octetsIn(input, "frank"));
      const named = { ...suiteIn(input, undefined), id: given.frankingSignatureCiphersuite as 1 | 2 | 3 };
      return (
        input["agentKey"] !== undefined &&
        input["tag"] === tagOf(input) &&
        given.frankingSignatureCiphersuite !== Number(input["cipherSuite"]) &&
        verifyFrank(named, octetsIn(input, "agentKey"), given, contextIn(input))
      );
    },
  },
  {
    id: "report that only the signature speaks for",
    says: "verifies its signature, and does not make the server_frank again",
    operation: "abuse-report.verify",
    accepts: (input) => reportHolds(input, () => true),
  },
  {
    id: "report with the frank's beginning",
    says: "compares the first 16 octets of the server_frank",
    operation: "abuse-report.verify",
    accepts: (input) => reportHolds(input, (own, given) => sameBeginning(own, given, beginning), false),
  },
  {
    id: "report by any key of the hub's",
    says: "tries all secrets that it ever had",
    operation: "abuse-report.verify",
    accepts: (input) => {
      const hubKeys = listIn<JsonObject>(input, "hubKeys").map(({ hubKey }) => ({
        hubKey: hubKey ?? "",
        from: "0",
      }));
      return isValid("abuse-report.verify", { ...input, hubKeys });
    },
  },
  {
    id: "report that only the frank speaks for",
    says: "makes the server_frank again, and does not verify its signature",
    operation: "abuse-report.verify",
    accepts: (input) => reportHolds(input, equalBytes, false),
  },
  {
    id: "identity link by decryption alone",
    says: "believes what is in the link because it decrypts",
    operation: "identity-link.open",
    accepts: (input) => linkIn(input) !== undefined,
  },
  {
    id: "identity link of any pseudonym",
    says: "decrypts the link and verifies its signature, and looks neither at the pseudonyms nor at the domains",
    operation: "identity-link.open",
    accepts: (input) => {
      const link = linkIn(input);
      if (link === undefined) return false;
      const signed = PseudonymousCredentialTBS.encode(
        PseudonymousCredential.decode(octetsIn(input, "bytes")),
      );
      const { pseudonymousCredentialSignature: signature } = link;
      const label = "PseudonymousCredentialTBS";
      return verifyWithLabel(suiteIn(input, undefined), octetsIn(input, "realKey"), label, signed, signature);
    },
  },
];

/** What decrypts under the key. */
function linkIn(input: JsonObject): IdentityLinkTBE | undefined {
  const credential = PseudonymousCredential.decode(octetsIn(input, "bytes"));
  const sealed = credential.identityLinkCiphertext;
  const { aead } = suiteIn(input, undefined);
  const aad = PseudonymousCredentialTBS.encode(credential);
  const [nonce, ciphertext] = [sealed.subarray(0, aead.nonceLength), sealed.subarray(aead.nonceLength)];
  const opened = aead.open(octetsIn(input, "key"), nonce, aad, ciphertext);
  return opened && IdentityLinkTBE.decode(opened);
}

function isValid(operation: string, input: JsonObject): boolean {
  return cryptoHandlers[operation]?.(input).outcome === "valid";
}

/** Content that does not decode has no salt: an implementation goes on with an empty one. */
function tagOf(input: JsonObject): string {
  const data = octetsIn(input, "applicationData");
  return hex(frankingTag(contentIn(data)?.salt ?? new Uint8Array(), data));
}

function contentIn(data: Uint8Array): MimiContent | undefined {
  try {
    return decodeContent(data);
  } catch {
    return undefined;
  }
}

function reportHolds(
  input: JsonObject,
  isSame: (own: Uint8Array, given: Uint8Array) => boolean,
  verifiesSignature = true,
): boolean {
  const { messageContent, frank: given, acceptedTimestamp } = AbusiveMessage.decode(octetsIn(input, "bytes"));
  const content = contentIn(messageContent);
  const sender = content?.mimiExtensions.get(extensionKey.senderUri);
  if (content === undefined || typeof sender !== "string") return false;
  const roomUri = { uri: String(input["room"]) };
  const context = { senderUri: { uri: sender }, roomUri, acceptedTimestamp };
  const tag = frankingTag(content.salt, messageContent);
  const suite = suiteIn(input, undefined);
  const signaturePrivateKey = new Uint8Array(32).fill(1);
  const franks = listIn<JsonObject>(input, "hubKeys").map(
    ({ hubKey }) => frank({ suite, signaturePrivateKey, hubKey: octetsOf(hubKey) }, tag, context).serverFrank,
  );
  if (!franks.some((own) => isSame(own, given.serverFrank))) return false;
  return !verifiesSignature || verifyFrank(suite, octetsIn(input, "frankingKey"), given, context);
}
