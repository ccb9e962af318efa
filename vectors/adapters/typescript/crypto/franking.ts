/** Franks, reports of franked messages, and identity links. protocol-06 §5.4.1, §5.9 and §6.1 */
import { AbusiveMessage, examineReported } from "../../../../spec-model/abuse/index.ts";
import { hex } from "../../../../spec-model/bytes.ts";
import { ContentError, decodeContent, extensionKey } from "../../../../spec-model/content/index.ts";
import { authenticate, pseudonymousCredentialType } from "../../../../spec-model/credentials/index.ts";
import {
  examineFrank,
  Frank,
  FrankingIntegrityTBS,
  frank,
  frankingTag,
  ServerFrankingContext,
} from "../../../../spec-model/franking/index.ts";
import type { CipherSuite, CipherSuiteId, Provider } from "../../../../spec-model/mls/index.ts";
import {
  IdentityLinkTBE,
  PseudonymousCredential,
  PseudonymousCredentialTBS,
} from "../../../../spec-model/pseudonyms/index.ts";
import { holderOf } from "../../../../spec-model/room/index.ts";
import type { JsonObject } from "../../../format/case.ts";
import { signContentOf } from "../../../format/sign-content.ts";
import type { Answer } from "../../../verify/protocol.ts";
import type { Handler } from "../handler.ts";
import { listIn, octetsIfAny, octetsIn, octetsOf } from "../input.ts";
import { invalid, suiteIn, unlessRefused } from "./answers.ts";

export function frankingHandlers(provider?: Provider): Readonly<Record<string, Handler>> {
  return {
    "franking.tag": (input) => {
      const tag = frankingTag(octetsIn(input, "salt"), octetsIn(input, "applicationData"));
      return { outcome: "tag", output: { tag: hex(tag) } };
    },
    "franking.stamp": (input) => ({ outcome: "stamp", output: stampOf(suiteIn(input, provider), input) }),
    "franking.verify": (input) => examined(suiteIn(input, provider), input),
    "abuse-report.verify": (input) => reported(suiteIn(input, provider), input),
    "identity-link.open": (input) => openedLink(suiteIn(input, provider), input),
  };
}

export function contextIn(input: JsonObject) {
  return {
    senderUri: { uri: String(input["sender"]) },
    roomUri: { uri: String(input["room"]) },
    acceptedTimestamp: BigInt(String(input["acceptedTimestamp"])),
  };
}

function stampOf(suite: CipherSuite, input: JsonObject): JsonObject {
  const context = contextIn(input);
  // Only the hub's secret counts here; any signature key gives the same server_frank.
  const signaturePrivateKey = new Uint8Array(32).fill(1);
  const keys = { suite, signaturePrivateKey, hubKey: octetsIn(input, "hubKey") };
  const { serverFrank } = frank(keys, octetsIn(input, "tag"), context);
  const tbs = FrankingIntegrityTBS.encode({ serverFrank, frankingSignatureCiphersuite: suite.id, context });
  return {
    context: hex(ServerFrankingContext.encode(context)),
    serverFrank: hex(serverFrank),
    tbs: hex(tbs),
    signContent: hex(signContentOf("FrankingIntegrityTBS", tbs)),
  };
}

function examined(suite: CipherSuite, input: JsonObject): Answer {
  const applicationData = octetsIn(input, "applicationData");
  const content = contentOf(applicationData);
  if (content === undefined) return invalid;
  const signatureKey = octetsIfAny(input, "agentKey");
  const domain = input["agentDomain"] === undefined ? undefined : String(input["agentDomain"]);
  const { senderUri, roomUri, acceptedTimestamp } = contextIn(input);
  const found = examineFrank(suite, {
    room: roomUri.uri,
    sender: senderUri.uri,
    content: {
      salt: content.salt,
      sender: content.mimiExtensions.get(extensionKey.senderUri),
      room: content.mimiExtensions.get(extensionKey.roomUri),
    },
    applicationData,
    tag: octetsIfAny(input, "tag"),
    agent: signatureKey && { signatureKey, domain },
    frank: Frank.decode(octetsIn(input, "frank")),
    acceptedTimestamp,
  });
  if (found.verdict === "verified") return { outcome: "valid", output: {} };
  return { ...invalid, says: found.verdict === "wrong" ? found.rule : found.verdict };
}

function reported(suite: CipherSuite, input: JsonObject): Answer {
  const hubKeys = listIn<JsonObject>(input, "hubKeys").map(({ hubKey, from, until }) => ({
    hubKey: octetsOf(hubKey),
    fromMs: Number(from),
    untilMs: until === undefined ? undefined : Number(until),
  }));
  const desk = {
    room: String(input["room"]),
    hubKeys,
    frankingKeys: [octetsIn(input, "frankingKey")],
    suiteOf: (number: number) => (number === suite.id ? suite : undefined),
    integrity: "draft",
    keySelection: "byAcceptedTime",
  } as const;
  const found = examineReported(desk, AbusiveMessage.decode(octetsIn(input, "bytes")));
  if (!found.verified) return { ...invalid, says: found.rule };
  return { outcome: "valid", output: { sender: found.sender, messageId: found.messageId } };
}

function openedLink(suite: CipherSuite, input: JsonObject): Answer {
  const credentialData = octetsIn(input, "bytes");
  const key = octetsIn(input, "key");
  const link = sealedLink(suite, credentialData, key);
  const holder = link && holderOf(link.clientCredential);
  if (link === undefined || holder === undefined) return invalid;
  const service = {
    pseudonyms: { suite: suite.id as CipherSuiteId, key },
    basic: [{ uri: holder.client, signatureKey: octetsIn(input, "realKey") }],
  };
  const { signaturePublicKey } = PseudonymousCredential.decode(credentialData);
  const outcome = authenticate(service, {
    credential: { credentialType: pseudonymousCredentialType, credentialData },
    signatureKey: signaturePublicKey,
    now: 0n,
  });
  if (!outcome.ok) return { ...invalid, says: outcome.error.message };
  return { outcome: "valid", output: { identityLink: hex(IdentityLinkTBE.encode(link)) } };
}

/** Who the link says that it is, before anything of it is believed. */
function sealedLink(suite: CipherSuite, data: Uint8Array, key: Uint8Array): IdentityLinkTBE | undefined {
  let link: IdentityLinkTBE | undefined;
  unlessRefused(() => {
    const credential = PseudonymousCredential.decode(data);
    const { identityLinkCiphertext: sealed } = credential;
    const { nonceLength } = suite.aead;
    const [nonce, ciphertext] = [sealed.subarray(0, nonceLength), sealed.subarray(nonceLength)];
    const aad = PseudonymousCredentialTBS.encode(credential);
    const opened = nonce.length === nonceLength ? suite.aead.open(key, nonce, aad, ciphertext) : undefined;
    if (opened !== undefined) link = IdentityLinkTBE.decode(opened);
    return {};
  });
  return link;
}

function contentOf(encoded: Uint8Array) {
  try {
    return decodeContent(encoded);
  } catch (error) {
    if (error instanceof ContentError) return undefined;
    throw error;
  }
}
