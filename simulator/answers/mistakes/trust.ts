/** Who believes too much: certificates of anybody, and holders of identifiers without a proof. identity-05 §5.1, user-discovery R1 */

import { MappingTBS } from "../../../spec-model/discovery/mappings/index.ts";
import { verifyWithLabel } from "../../../spec-model/mls/index.ts";
import { type AnswerDefect, by } from "./mistake.ts";

export const trustMistakes: readonly AnswerDefect[] = [
  ...by("client", [
    [
      "client-trusts-any-root",
      "takes the last certificate of a chain for a root that it trusts",
      ["identity-5.1-trust-roots"],
      ({ authenticate }) => ({
        authenticate: (service, claim) => {
          const { credential } = claim;
          const last = credential.credentialType === "x509" ? credential.certificates.at(-1) : undefined;
          const believed = last === undefined ? [] : [{ certificate: last.certData, domains: ["a.example"] }];
          return authenticate({ ...service, x509: [...(service.x509 ?? []), ...believed] }, claim);
        },
      }),
    ],
  ]),
  ...by("client", [
    [
      "sender-believes-any-mapping",
      "takes whatever mapping it finds for the recipient's",
      ["discovery-9-verifiable"],
      () => ({ isGenuineMapping: () => true }),
    ],
    [
      "recipient-drops-preferences",
      "says on which services it can be reached, and not for what each of them is",
      ["discovery-7-preference-tags"],
      ({ authoriseMapping }) => ({
        authoriseMapping: (suite, keys, said) =>
          authoriseMapping(suite, keys, {
            ...said,
            services: said.services.map((service) => ({ ...service, tags: [] })),
          }),
      }),
    ],
  ]),
  ...by("discovery provider", [
    [
      "discovery-asks-no-proof",
      "takes a mapping that is signed, whoever holds the identifier",
      ["discovery-3-preconditions"],
      () => ({
        isGenuineMapping: (suite, _issuers, mapping) => {
          const { proof, holderSignature } = mapping;
          return verifyWithLabel(
            suite,
            proof.holderKey,
            "Mapping",
            MappingTBS.encode(mapping),
            holderSignature,
          );
        },
      }),
    ],
  ]),
];
