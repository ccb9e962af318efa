/** Pseudonymous credentials and their links to who is behind them. protocol-06 §6.1 */
import { concat, hex } from "../../../spec-model/bytes.ts";
import { type Credential, signWithLabel } from "../../../spec-model/mls/index.ts";
import {
  IdentityLinkTBE,
  PseudonymousCredential,
  PseudonymousCredentialTBS,
} from "../../../spec-model/pseudonyms/index.ts";
import { clientCredential, providerCredential } from "../../../spec-model/room/index.ts";
import type { JsonObject, VectorCase, VectorGroup } from "../../format/case.ts";
import { negative, positive } from "../cases.ts";
import { aliceClient, bobClient, flipped, type Scene } from "./keys.ts";
import { contentCase } from "./sign-content.ts";
import { wrongSignatures } from "./signed.ts";

const label = "PseudonymousCredentialTBS";
const requirements = ["protocol-6.1-identity-link", "protocol-6.1-pseudonym-shape"];
const pseudonyms = [
  ["usual", "a.example", "5f2b6a3e-9c41-4d07-8b1e-2a60c7d94f13", "c03d1e7a-4b58-4f96-a2d4-71e8b0563c9d"],
  ["other-room", "a.example", "00000000-0000-4000-8000-000000000000", "ffffffff-ffff-4fff-bfff-ffffffffffff"],
] as const;

interface Made {
  readonly fields: PseudonymousCredentialTBS;
  readonly link: IdentityLinkTBE;
}

export function pseudonymGroups(scenes: readonly Scene[]): VectorGroup[] {
  return scenes.flatMap((scene) => {
    const tests = valid(scene);
    const [parent] = tests;
    return [
      {
        operation: "identity-link.open",
        comment: `Pseudonymous credentials of cipher suite ${scene.suite.id}`,
        input: { cipherSuite: scene.suite.id },
        tests: [...tests, ...(parent === undefined ? [] : wrong(scene, parent))],
      },
      {
        operation: "signature.content",
        comment: "What the real client signs",
        input: { structure: "PseudonymousCredential" },
        tests: tests.map((each) => contentCase(each, "PseudonymousCredential", requirements)),
      },
    ];
  });
}

function keyOf(scene: Scene): Uint8Array {
  return scene.random("identity link key").bytes(scene.suite.aead.keyLength);
}

function fieldsOf(scene: Scene, domain: string, user: string, client: string): PseudonymousCredentialTBS {
  return {
    clientPseudonym: { uri: `mimi://${domain}/d/${client}` },
    userPseudonym: { uri: `mimi://${domain}/p/${user}` },
    signaturePublicKey: scene.signatureOf("the pseudonymous client").publicKey,
  };
}

function linkOf(
  scene: Scene,
  fields: PseudonymousCredentialTBS,
  clientCredential: Credential,
): IdentityLinkTBE {
  const { privateKey } = scene.signatureOf(aliceClient);
  const tbs = PseudonymousCredentialTBS.encode(fields);
  return {
    pseudonymousCredentialSignature: signWithLabel(scene.suite, privateKey, label, tbs),
    clientCredential,
  };
}

/** The credential with the link under `key`, for whatever fields are named as additional data. */
function sealed(scene: Scene, { fields, link }: Made, bound = fields, key = keyOf(scene)): Uint8Array {
  const { aead } = scene.suite;
  const nonce = scene.random("identity link nonce").bytes(aead.nonceLength);
  const tbs = PseudonymousCredentialTBS.encode(bound);
  const ciphertext = aead.seal(key, nonce, tbs, IdentityLinkTBE.encode(link));
  return PseudonymousCredential.encode({ ...fields, identityLinkCiphertext: concat(nonce, ciphertext) });
}

function madeOf(scene: Scene, index = 0): Made {
  const [, domain, user, client] = pseudonyms[index] ?? pseudonyms[0];
  const fields = fieldsOf(scene, domain, user, client);
  return { fields, link: linkOf(scene, fields, clientCredential(aliceClient)) };
}

function valid(scene: Scene): VectorCase[] {
  const real = scene.signatureOf(aliceClient);
  return pseudonyms.map(([slug], index) => {
    const made = madeOf(scene, index);
    return positive({
      id: `identity-link-${scene.mark}-${slug}`,
      comment: "a client of Alice's under a pseudonym",
      requirements,
      // How the link is encrypted is our decision: the draft leaves it open.
      level: "SHOULD",
      outcome: "valid",
      input: { bytes: hex(sealed(scene, made)), key: hex(keyOf(scene)), realKey: hex(real.publicKey) },
      output: { identityLink: hex(IdentityLinkTBE.encode(made.link)) },
      view: {
        clientPseudonym: made.fields.clientPseudonym.uri,
        userPseudonym: made.fields.userPseudonym.uri,
        client: aliceClient,
        realPrivateKey: hex(real.privateKey),
      },
    });
  });
}

function wrong(scene: Scene, parent: VectorCase): VectorCase[] {
  const made = madeOf(scene);
  const { fields, link } = made;
  const refused = (slug: string, flag: string, path: string, op: string, change: JsonObject) =>
    negative(parent, { slug, flag, path, op, outcome: "invalid", change });
  const bytes = (slug: string, flag: string, path: string, op: string, credential: Uint8Array) =>
    refused(slug, flag, path, op, { bytes: hex(credential) });
  const bySignature = wrongSignatures({
    suite: scene.suite,
    privateKey: scene.signatureOf(aliceClient).privateKey,
    otherPrivateKey: scene.signatureOf(bobClient).privateKey,
    label,
    content: PseudonymousCredentialTBS.encode(fields),
    otherLabel: "GroupInfoRequestTBS",
  }).map(({ slug, op, flag, signature }) =>
    bytes(
      slug,
      flag,
      "IdentityLinkTBE.pseudonymous_credential_signature",
      op,
      sealed(scene, { fields, link: { ...link, pseudonymousCredentialSignature: signature } }),
    ),
  );
  const ciphertext = PseudonymousCredential.decode(sealed(scene, made)).identityLinkCiphertext;
  const withCiphertext = (identityLinkCiphertext: Uint8Array) =>
    PseudonymousCredential.encode({ ...fields, identityLinkCiphertext });
  const field = "PseudonymousCredential.identity_link_ciphertext";
  const other = madeOf(scene, 1);
  const withReal = (credential: Credential) =>
    sealed(scene, { fields, link: linkOf(scene, fields, credential) });
  const named = (change: Partial<PseudonymousCredentialTBS>) => {
    const changed = { ...fields, ...change };
    return sealed(scene, { fields: changed, link: linkOf(scene, changed, clientCredential(aliceClient)) });
  };
  return [
    ...bySignature,
    bytes(
      "tag",
      "Ciphertext",
      field,
      "a bit of the link's last octet is changed",
      withCiphertext(flipped(ciphertext)),
    ),
    bytes(
      "nonce",
      "Ciphertext",
      field,
      "a bit of the link's nonce is changed",
      withCiphertext(flipped(ciphertext, 0)),
    ),
    bytes(
      "short",
      "Ciphertext",
      field,
      "the link is shorter than a nonce",
      withCiphertext(ciphertext.subarray(0, 11)),
    ),
    bytes(
      "link-of-other",
      "Binding",
      field,
      "the link is that of another credential",
      sealed(scene, { fields, link: other.link }, other.fields),
    ),
    bytes(
      "unbound",
      "Binding",
      field,
      "the link is encrypted for another credential, and holds the right signature",
      sealed(scene, made, other.fields),
    ),
    bytes(
      "changed-key",
      "Unsigned",
      "PseudonymousCredential.signature_public_key",
      "the key is another than the one signed",
      sealed(scene, {
        fields: { ...fields, signaturePublicKey: scene.signatureOf(bobClient).publicKey },
        link,
      }),
    ),
    bytes(
      "changed-user",
      "Unsigned",
      "PseudonymousCredential.user_pseudonym",
      "the user pseudonym is another than the one signed",
      sealed(scene, { fields: { ...fields, userPseudonym: other.fields.userPseudonym }, link }),
    ),
    bytes(
      "other-real",
      "OtherKey",
      "IdentityLinkTBE.client_credential",
      "the link names another client than the one that signed",
      withReal(clientCredential(bobClient)),
    ),
    bytes(
      "real-provider",
      "Credential",
      "IdentityLinkTBE.client_credential",
      "the link names a provider",
      withReal(providerCredential("a.example")),
    ),
    bytes(
      "no-uuid",
      "Pseudonym",
      "PseudonymousCredential.client_pseudonym",
      "the client pseudonym is a name, not a UUID",
      named({ clientPseudonym: { uri: "mimi://a.example/d/alice" } }),
    ),
    bytes(
      "uuid-version",
      "Pseudonym",
      "PseudonymousCredential.user_pseudonym",
      "the user pseudonym is a UUID of version 1",
      named({ userPseudonym: { uri: "mimi://a.example/p/5f2b6a3e-9c41-1d07-8b1e-2a60c7d94f13" } }),
    ),
    bytes(
      "two-domains",
      "Pseudonym",
      "PseudonymousCredential.user_pseudonym",
      "user and client pseudonym are of two providers",
      named({ userPseudonym: { uri: "mimi://b.example/p/5f2b6a3e-9c41-4d07-8b1e-2a60c7d94f13" } }),
    ),
    bytes(
      "other-domain",
      "Pseudonym",
      "IdentityLinkTBE.client_credential",
      "the real client is of another provider than its pseudonym",
      (() => {
        const elsewhere = fieldsOf(scene, "b.example", pseudonyms[0][2], pseudonyms[0][3]);
        return sealed(scene, {
          fields: elsewhere,
          link: linkOf(scene, elsewhere, clientCredential(aliceClient)),
        });
      })(),
    ),
    refused("key", "OtherKey", field, "the key is that of another room", { key: hex(flipped(keyOf(scene))) }),
    refused("real-key", "OtherKey", "IdentityLinkTBE", "the real client is known by another key", {
      realKey: hex(scene.signatureOf(bobClient).publicKey),
    }),
  ];
}
