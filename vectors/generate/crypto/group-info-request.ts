/** Signed requests for GroupInfo. protocol-06 §5.6 */
import { hex, utf8 } from "../../../spec-model/bytes.ts";
import { GroupInfoRequest, GroupInfoRequestTBS } from "../../../spec-model/group-info/index.ts";
import { signWithLabel } from "../../../spec-model/mls/index.ts";
import { clientCredential, providerCredential } from "../../../spec-model/room/index.ts";
import type { VectorCase } from "../../format/case.ts";
import { negative, positive } from "../cases.ts";
import { alice, aliceClient, bobClient, type Scene } from "./keys.ts";
import { wrongSignatures } from "./signed.ts";

export const asks = ["protocol-5.6-proves-identity"];

type Request = GroupInfoRequestTBS;

export function validRequests(scene: Scene): VectorCase[] {
  const kinds = [
    ["usual", "a request without a joining code", {}],
    ["code", "a request with a joining code", { joiningCode: utf8("7vqk-93mr") }],
    [
      "long-code",
      "a request with a joining code of 100 octets",
      { joiningCode: new Uint8Array(100).fill(0x61) },
    ],
  ] as const;
  return kinds.map(([slug, comment, change]) => {
    const fields = requestOf(scene, change);
    return positive({
      id: `group-info-request-${scene.mark}-${slug}`,
      comment,
      requirements: asks,
      outcome: "valid",
      input: { bytes: hex(signedRequest(scene, fields)) },
      output: { client: aliceClient, user: alice },
      view: {
        privateKey: hex(scene.signatureOf(aliceClient).privateKey),
        tbs: hex(GroupInfoRequestTBS.encode(fields)),
      },
    });
  });
}

export function wrongRequests(scene: Scene, [parent]: readonly VectorCase[]): VectorCase[] {
  if (parent === undefined) return [];
  const fields = requestOf(scene);
  const { privateKey } = scene.signatureOf(aliceClient);
  const content = GroupInfoRequestTBS.encode(fields);
  const signature = signWithLabel(scene.suite, privateKey, "GroupInfoRequestTBS", content);
  const refused = (slug: string, flag: string, path: string, op: string, bytes: Uint8Array) =>
    negative(parent, {
      slug,
      flag,
      path: `GroupInfoRequest.${path}`,
      op,
      outcome: "invalid",
      change: { bytes: hex(bytes) },
    });
  const bySignature = wrongSignatures({
    suite: scene.suite,
    privateKey,
    otherPrivateKey: scene.signatureOf(bobClient).privateKey,
    label: "GroupInfoRequestTBS",
    content,
    otherLabel: "KeyMaterialRequestTBS",
  }).map(({ slug, op, flag, signature: wrong }) =>
    refused(slug, flag, "signature", op, GroupInfoRequest.encode({ ...fields, signature: wrong })),
  );
  const changes: readonly (readonly [slug: string, path: string, change: Partial<Request>])[] = [
    ["encryption-key", "groupInfoPublicKey", { groupInfoPublicKey: scene.hpkeOf("somebody else").publicKey }],
    ["code", "joiningCode", { joiningCode: utf8("7vqk-93mr") }],
    ["client", "requestingCredential", { requestingCredential: clientCredential(bobClient) }],
    ["key", "requestingSignatureKey", { requestingSignatureKey: scene.signatureOf(bobClient).publicKey }],
  ];
  const byChange = changes.map(([slug, path, change]) =>
    refused(
      `changed-${slug}`,
      "Unsigned",
      path,
      `${path} is changed after signing`,
      GroupInfoRequest.encode({ ...fields, ...change, signature }),
    ),
  );
  const credentials = [
    ["provider", "the credential names a provider, no client", providerCredential("a.example")],
    ["user", "the credential names a user, no client", clientCredential(alice)],
    ["text", "the credential's identity is no URI", clientCredential("alice")],
  ] as const;
  const byCredential = credentials.map(([slug, op, requestingCredential]) =>
    refused(
      slug,
      "Credential",
      "requestingCredential",
      op,
      signedRequest(scene, requestOf(scene, { requestingCredential })),
    ),
  );
  return [...bySignature, ...byChange, ...byCredential];
}

function requestOf({ suite, signatureOf, hpkeOf }: Scene, change: Partial<Request> = {}): Request {
  return {
    protocol: "mls10",
    cipherSuite: suite.id,
    requestingSignatureKey: signatureOf(aliceClient).publicKey,
    requestingCredential: clientCredential(aliceClient),
    groupInfoPublicKey: hpkeOf("the requester").publicKey,
    joiningCode: new Uint8Array(),
    ...change,
  };
}

function signedRequest(scene: Scene, fields: Request): Uint8Array {
  const { privateKey } = scene.signatureOf(aliceClient);
  const signature = signWithLabel(
    scene.suite,
    privateKey,
    "GroupInfoRequestTBS",
    GroupInfoRequestTBS.encode(fields),
  );
  return GroupInfoRequest.encode({ ...fields, signature });
}
