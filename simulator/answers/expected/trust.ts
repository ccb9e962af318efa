/** Who is believed about whom: the roots of certificates, and proofs that somebody holds an identifier. identity-05 §5.1, user-discovery R1 */
import { utf8 } from "../../../spec-model/bytes.ts";
import {
  authoriseMapping,
  type Mapping,
  proveControl,
} from "../../../spec-model/discovery/mappings/index.ts";
import { cipherSuite } from "../../../spec-model/mls/index.ts";
import { expandEntropy } from "../../../spec-model/random.ts";
import type { Faculties } from "../faculties.ts";
import {
  certified,
  certifiedElsewhere,
  certifiedKey,
  configuredRoot,
  unknownRoot,
  validAt,
} from "./certificates.ts";
import { asked, type Expected, of, same } from "./expected.ts";

const service = { x509: [{ certificate: configuredRoot, domains: ["a.example"] }] };

function believes(authenticate: Faculties["authenticate"], ...chain: readonly Uint8Array[]): boolean {
  const certificates = chain.map((certData) => ({ certData }));
  const credential = { credentialType: "x509" as const, certificates };
  return authenticate(service, { credential, signatureKey: certifiedKey, now: validAt }).ok;
}

const suite = cipherSuite(1);
const [company, impostor, bob] = ["company", "impostor", "bob"].map((name) =>
  suite.signature.generateKeyPair(expandEntropy(utf8(name), "holds an identifier")),
) as [KeyPair, KeyPair, KeyPair];
type KeyPair = ReturnType<typeof suite.signature.generateKeyPair>;
const issuers = { "phone.example": company.publicKey };

/** Bob's word that a number leads to him, with a proof that it is his by whoever has `keys`. */
function mappingBy(keys: KeyPair): Mapping {
  const claim = { identifier: "+12125551212", holderKey: bob.publicKey, assigned: 1n };
  const proof = proveControl(suite, { domain: "phone.example", keys }, claim);
  return authoriseMapping(suite, bob, {
    proof,
    services: [{ domain: "b.example", tags: ["Personal"] }],
    authorised: 2n,
  });
}

const trustsConfigured = asked(
  (authenticate: Faculties["authenticate"]) =>
    believes(authenticate, certified) && !believes(authenticate, certifiedElsewhere, unknownRoot),
);
const wantsProof = asked(
  (isGenuine: Faculties["isGenuineMapping"]) =>
    isGenuine(suite, issuers, mappingBy(company)) && !isGenuine(suite, issuers, mappingBy(impostor)),
);

const preferred = [
  { domain: "c.example", tags: ["Business", "Preferred"] },
  { domain: "b.example", tags: ["Personal"] },
];
const keepsPreferences = asked((authorise: Faculties["authoriseMapping"]) => {
  const { proof } = mappingBy(company);
  const { services } = authorise(suite, bob, { proof, services: preferred, authorised: 2n });
  return same(services, preferred);
});

export const trustExpected: readonly Expected[] = [
  ...of("identity-05 §5.1", [
    [
      "chain-to-trusted-root",
      "a chain is believed that leads to a root which has been configured, and no other",
      ({ authenticate }) => trustsConfigured(authenticate),
    ],
  ]),
  ...of("user-discovery §3", [
    [
      "mapping-of-holder",
      "a mapping is genuine where the issuer of the identifier has proved that it is the signer's",
      ({ isGenuineMapping }) => wantsProof(isGenuineMapping),
    ],
  ]),
  ...of("user-discovery §7", [
    [
      "mapping-with-preferences",
      "a mapping has the recipient's services in its order, with what each is for",
      ({ authoriseMapping }) => keepsPreferences(authoriseMapping),
    ],
  ]),
];
