/** Signed requests for key material. protocol-06 §5.2 */
import { hex, utf8 } from "../../../spec-model/bytes.ts";
import { KeyMaterialRequest, KeyMaterialRequestTBS } from "../../../spec-model/key-material/index.ts";
import { signWithLabel } from "../../../spec-model/mls/index.ts";
import { clientCredential, providerCredential } from "../../../spec-model/room/index.ts";
import type { VectorCase, VectorGroup } from "../../format/case.ts";
import { negative, positive } from "../cases.ts";
import { alice, aliceClient, bob, bobClient, otherRoom, room, type Scene } from "./keys.ts";
import { contentCase } from "./sign-content.ts";
import { wrongSignatures } from "./signed.ts";

type Fields = KeyMaterialRequestTBS;

const label = "KeyMaterialRequestTBS";
const requirements = ["protocol-5.2-signed-request"];

export function keyMaterialRequestGroups(scenes: readonly Scene[]): VectorGroup[] {
  return scenes.flatMap((scene) => {
    const requests = valid(scene);
    return [
      {
        operation: "key-material-request.verify",
        comment: `Requests of cipher suite ${scene.suite.id}`,
        input: { cipherSuite: scene.suite.id },
        tests: [
          ...requests,
          ...wrongBySignature(scene, requests),
          ...changedAfterSigning(scene, requests),
          ...rightlySigned(scene, requests),
        ],
      },
      {
        operation: "signature.content",
        comment: `What requests of cipher suite ${scene.suite.id} sign`,
        input: { structure: "KeyMaterialRequest" },
        tests: requests.map((each) => contentCase(each, "KeyMaterialRequest", requirements)),
      },
    ];
  });
}

function usual({ suite, signatureOf }: Scene): Fields {
  return {
    protocol: "mls10",
    requestingUser: { uri: alice },
    targetUser: { uri: bob },
    roomId: { uri: room },
    acceptableCiphersuites: [suite.id],
    requiredCapabilities: { extensionTypes: [], proposalTypes: [], credentialTypes: [] },
    requesterSignatureKey: signatureOf(aliceClient).publicKey,
    requesterCredential: clientCredential(aliceClient),
  };
}

function signed(scene: Scene, fields: Fields): Uint8Array {
  const { privateKey } = scene.signatureOf(aliceClient);
  const tbs = KeyMaterialRequestTBS.encode(fields);
  return encoded(fields, signWithLabel(scene.suite, privateKey, label, tbs));
}

function encoded(fields: Fields, keyMaterialRequestSignature: Uint8Array): Uint8Array {
  return KeyMaterialRequest.encode({ ...fields, keyMaterialRequestSignature });
}

function valid(scene: Scene): VectorCase[] {
  const kinds: readonly (readonly [slug: string, comment: string, change: Partial<Fields>])[] = [
    ["usual", "a request for adding a user to a room", {}],
    ["no-room", "a request outside the context of a room", { roomId: { uri: "" } }],
    [
      "required",
      "a request with required capabilities",
      {
        requiredCapabilities: {
          extensionTypes: ["app_data_dictionary"],
          proposalTypes: ["app_data_update", "self_remove"],
          credentialTypes: ["basic"],
        },
      },
    ],
    [
      "suites",
      "a request that takes any of several cipher suites",
      { acceptableCiphersuites: [1, 2, 3, 0x1234] },
    ],
    ["own", "a request for the user's own other clients", { targetUser: { uri: alice } }],
  ];
  return kinds.map(([slug, comment, change]) => {
    const fields = { ...usual(scene), ...change };
    const { privateKey, publicKey } = scene.signatureOf(aliceClient);
    return positive({
      id: `key-material-request-${scene.mark}-${slug}`,
      comment,
      requirements,
      outcome: "valid",
      input: { bytes: hex(signed(scene, fields)) },
      view: {
        privateKey: hex(privateKey),
        publicKey: hex(publicKey),
        tbs: hex(KeyMaterialRequestTBS.encode(fields)),
      },
    });
  });
}

function wrongBySignature(scene: Scene, [parent]: readonly VectorCase[]): VectorCase[] {
  const fields = usual(scene);
  const signer = {
    suite: scene.suite,
    privateKey: scene.signatureOf(aliceClient).privateKey,
    otherPrivateKey: scene.signatureOf(bobClient).privateKey,
    label,
    content: KeyMaterialRequestTBS.encode(fields),
    otherLabel: "GroupInfoRequestTBS",
  };
  return wrongSignatures(signer).flatMap(({ slug, op, flag, signature }) =>
    refused(
      parent,
      slug,
      flag,
      "KeyMaterialRequest.key_material_request_signature",
      op,
      encoded(fields, signature),
    ),
  );
}

function changedAfterSigning(scene: Scene, [parent]: readonly VectorCase[]): VectorCase[] {
  const fields = usual(scene);
  const { privateKey } = scene.signatureOf(aliceClient);
  const signature = signWithLabel(scene.suite, privateKey, label, KeyMaterialRequestTBS.encode(fields));
  const changes: readonly (readonly [slug: string, path: string, change: Partial<Fields>])[] = [
    ["target", "targetUser", { targetUser: { uri: "mimi://b.example/u/cathy" } }],
    ["room", "roomId", { roomId: { uri: otherRoom } }],
    ["no-room", "roomId", { roomId: { uri: "" } }],
    ["suites", "acceptableCiphersuites", { acceptableCiphersuites: [scene.suite.id, 0x1234] }],
    [
      "capabilities",
      "requiredCapabilities",
      {
        requiredCapabilities: {
          extensionTypes: ["app_data_dictionary"],
          proposalTypes: [],
          credentialTypes: [],
        },
      },
    ],
    [
      "client",
      "requesterCredential",
      { requesterCredential: clientCredential("mimi://a.example/d/alice/ClientA2") },
    ],
    ["key", "requesterSignatureKey", { requesterSignatureKey: scene.signatureOf(bobClient).publicKey }],
  ];
  return changes.flatMap(([slug, path, change]) =>
    refused(
      parent,
      `changed-${slug}`,
      "Unsigned",
      `KeyMaterialRequest.${path}`,
      `${path} is changed after signing`,
      encoded({ ...fields, ...change }, signature),
    ),
  );
}

function rightlySigned(scene: Scene, [parent]: readonly VectorCase[]): VectorCase[] {
  const credential = (slug: string, op: string, requesterCredential: Fields["requesterCredential"]) =>
    [slug, "requesterCredential", op, { requesterCredential }] as const;
  const changes: readonly (readonly [slug: string, path: string, op: string, change: Partial<Fields>])[] = [
    [
      "other-user",
      "requestingUser",
      "the requesting user is another than the credential's",
      { requestingUser: { uri: bob } },
    ],
    credential("client-of-other", "the credential is of another user's client", clientCredential(bobClient)),
    credential("provider", "the credential names a provider, no client", providerCredential("a.example")),
    credential("user", "the credential names the user, no client", clientCredential(alice)),
    credential("text", "the credential's identity is no URI", {
      credentialType: "basic",
      identity: utf8("alice"),
    }),
    credential("octets", "the credential's identity is no text", {
      credentialType: "basic",
      identity: Uint8Array.of(0xff, 0xfe),
    }),
  ];
  return changes.flatMap(([slug, path, op, change]) =>
    refused(
      parent,
      slug,
      "Credential",
      `KeyMaterialRequest.${path}`,
      op,
      signed(scene, { ...usual(scene), ...change }),
    ),
  );
}

function refused(
  parent: VectorCase | undefined,
  slug: string,
  flag: string,
  path: string,
  op: string,
  bytes: Uint8Array,
): VectorCase[] {
  if (parent === undefined) return [];
  return [negative(parent, { slug, flag, path, op, outcome: "invalid", change: { bytes: hex(bytes) } })];
}
