/** Chains of certificates of clients: what makes one believed, and every reason why one is not. identity-05 §5.1 and §6.1 */
import { hex } from "../../../spec-model/bytes.ts";
import type { JsonObject, Level, VectorCase, VectorGroup } from "../../format/case.ts";
import { negative, positive } from "../cases.ts";
import { type Certified, certificateOf, usageBits } from "./certificate-made.ts";
import {
  client,
  credentialOf,
  day,
  domain,
  now,
  type People,
  trusted,
  user,
  viewOf,
} from "./credential-people.ts";

export const requirements = {
  names: "identity-6.1-one-meaning",
  kinds: "identity-4-kind-by-segment",
  pseudonyms: "identity-4-pseudonyms",
  others: "identity-5.1-validates-others",
  roots: "identity-5.1-trust-roots",
} as const;

export function chainGroup(people: People): VectorGroup {
  const tests = rightChains(people);
  const [usual] = tests;
  const cascade = tests.find(({ id }) => id.endsWith("-cascade"));
  if (usual === undefined || cascade === undefined) throw new Error("no chain to spoil");
  return {
    operation: "credential.authenticate",
    comment: "Chains of certificates, with the client and user in the first one's URIs",
    input: { now: String(now), anchors: [trusted(people.anchor(), domain)] },
    tests: [
      ...tests,
      ...wrongNames(people, usual),
      ...wrongChains(people, usual),
      ...wrongForms(people, usual),
      cascadeOfAnother(people, cascade),
    ],
  };
}

interface Right {
  readonly slug: string;
  readonly comment: string;
  readonly chain: readonly Certified[];
  readonly holder?: { readonly client: string; readonly user: string };
  readonly input?: JsonObject;
  readonly level?: Level;
  readonly about?: readonly string[];
}

function rightChains(people: People): VectorCase[] {
  const { alice, onP256, root } = people;
  const [leaf, between] = [people.leaf(), people.between()];
  const right = ({
    slug,
    comment,
    chain,
    holder = { client, user },
    input = {},
    level = "MUST",
    about,
  }: Right) =>
    positive({
      id: `credential-x509-${slug}`,
      comment,
      requirements: about ?? [requirements.others, requirements.roots],
      outcome: "authenticated",
      level,
      input: {
        credential: credentialOf(chain),
        signatureKey: hex((chain[0]?.of ?? alice).publicKey),
        ...input,
      },
      output: holder,
      view: viewOf(chain),
    });
  return [
    right({
      slug: "usual",
      comment: "the holder's certificate, and that of the authority that the trusted one has certified",
      chain: [leaf, between],
      about: [requirements.names, requirements.others, requirements.roots],
    }),
    right({
      slug: "direct",
      comment: "certified by the trusted authority itself",
      chain: [people.leaf({ issuer: "a.example root", by: root })],
    }),
    right({
      slug: "whole",
      comment: "the trusted certificate at the end of the chain",
      chain: [leaf, between, people.anchor()],
    }),
    right({
      slug: "p256",
      comment: "a holder with a key on P-256",
      chain: [people.leaf({ of: onP256 }), between],
    }),
    right({
      slug: "first-second",
      comment: "in the first second of its time, which belongs to it",
      chain: [people.leaf({ notBefore: now }), between],
    }),
    right({
      slug: "last-second",
      comment: "in the last second of its time, which belongs to it",
      chain: [people.leaf({ notAfter: now }), between],
    }),
    right({
      slug: "no-key-usage",
      comment: "keys whose use is not limited",
      chain: [people.leaf({ usages: null }), people.between({ usages: null })],
    }),
    right({
      slug: "path-length",
      comment: "no more authorities in between than the trusted one allows",
      chain: [leaf, between],
      input: { anchors: [trusted(people.anchor({ pathLength: 1 }), domain)] },
    }),
    right({
      slug: "extension",
      comment: "an extension that nobody knows, and nobody has to",
      chain: [people.leaf({ more: [unknown(false)] }), between],
    }),
    right({
      slug: "two-anchors",
      comment: "two trusted authorities, of which the second is meant",
      chain: [leaf, between],
      input: {
        anchors: [
          trusted(otherAuthority(people), "b.example"),
          trusted(people.anchor(), "c.example", domain),
        ],
      },
    }),
    right({
      slug: "expected",
      comment: "of the provider and the user of which it has to be",
      chain: [leaf, between],
      input: { expected: { domain, user } },
    }),
    ...rightNames(people).map(right),
  ];
}

function rightNames(people: People): Right[] {
  const between = people.between();
  const named = (slug: string, comment: string, uris: readonly string[], holder: Right["holder"]): Right => ({
    slug,
    comment,
    chain: [people.leaf({ uris }), between],
    ...(holder && { holder }),
    level: "SHOULD",
    about: [requirements.names, requirements.kinds],
  });
  const handle = "mimi://a.example/u/alice.smith";
  const opaque = "mimi://a.example/d/SvPfLlwBQi-6oddVRrkqpw/04c7";
  const pseudonym = "mimi://a.example/p/4d2f";
  return [
    named("client-alone", "a client's URI alone: its user is named in it", [client], undefined),
    named("handle", "a client of an account, and the user's handle besides", [opaque, handle], {
      client: opaque,
      user: handle,
    }),
    named("user-first", "the user's URI in front of the client's", [user, client], undefined),
    named("twice", "the same client twice", [client, user, client], undefined),
    named("other-uris", "URIs of other kinds besides", ["https://a.example/alice", client, user], undefined),
    {
      ...named("pseudonym", "the user under a pseudonym", [client, pseudonym], { client, user: pseudonym }),
      about: [requirements.names, requirements.pseudonyms],
    },
    {
      slug: "other-names",
      comment: "a DNS name and a mail address besides, which name no client",
      chain: [people.leaf({ dnsNames: ["b.example"], emails: ["bob@b.example"] }), between],
      level: "SHOULD",
      about: [requirements.names],
    },
    {
      slug: "cascade",
      comment: "certified by the user, whom the provider's authority has certified",
      chain: [people.leaf(), people.between({ uris: [user] })],
      level: "SHOULD",
      about: [requirements.roots],
    },
  ];
}

const unknown = (critical: boolean) => ({ id: "1.2.3.4", critical, value: Uint8Array.of(5, 0) });

function otherAuthority(people: People): Certified {
  return people.anchor({
    subject: "another root",
    issuer: "another root",
    of: people.mallory,
    by: people.mallory,
  });
}

/** [what is appended to the id, what is wrong, the URIs of the holder's certificate] */
const namings: readonly (readonly [slug: string, op: string, uris: readonly string[]])[] = [
  ["user-alone", "only a user is named", [user]],
  ["nobody", "nobody is named", []],
  ["provider-alone", "only a provider is named", ["mimi://a.example"]],
  ["room", "a room is named", ["mimi://a.example/r/clubhouse"]],
  ["two-clients", "two clients are named", [client, "mimi://a.example/d/alice/ClientA2", user]],
  ["two-users", "two users are named", [client, user, "mimi://a.example/u/bob"]],
  ["user-and-pseudonym", "a user and a pseudonym are named", [client, user, "mimi://a.example/p/4d2f"]],
  ["no-user", "the client's URI has no user, and none is named besides", ["mimi://a.example/d/ClientA1"]],
  ["two-providers", "client and user are of two providers", [client, "mimi://b.example/u/alice"]],
  ["upper-case-kind", "the client's path begins with D", ["mimi://a.example/D/alice/ClientA1", user]],
];

function wrongNames(people: People, parent: VectorCase): VectorCase[] {
  const named = namings.map(([slug, op, uris]) =>
    negative(parent, {
      slug,
      flag: "Names",
      path: "certificates[0].subjectAltName",
      op,
      outcome: "refused",
      change: { credential: credentialOf([people.leaf({ uris }), people.between()]) },
      requirements: [requirements.names, requirements.kinds],
      level: "SHOULD",
    }),
  );
  const expecting = (slug: string, member: string, op: string, expected: JsonObject) =>
    negative(parent, {
      ...{ slug, flag: "Expected", path: `expected.${member}`, op, outcome: "refused", change: { expected } },
      requirements: [requirements.others],
    });
  return [
    ...named,
    expecting("other-domain", "domain", "another provider's is expected", { domain: "b.example" }),
    expecting("other-user", "user", "another user's is expected", { user: "mimi://a.example/u/bob" }),
  ];
}

interface Fault {
  readonly slug: string;
  readonly flag: string;
  readonly path: string;
  readonly op: string;
  readonly change: JsonObject;
  readonly level?: Level;
}

function spoilt(parent: VectorCase, { level, ...fault }: Fault): VectorCase {
  return negative(parent, {
    ...fault,
    outcome: "refused",
    requirements: [requirements.others, requirements.roots],
    ...(level && { level }),
  });
}

function wrongChains(people: People, parent: VectorCase): VectorCase[] {
  const { mallory, root } = people;
  const [leaf, between, anchor] = [people.leaf(), people.between(), people.anchor()];
  const chain = (
    slug: string,
    flag: string,
    path: string,
    op: string,
    ...certificates: Certified[]
  ): Fault => ({
    ...{ slug, flag, path, op },
    change: { credential: credentialOf(certificates) },
  });
  const anchored = (slug: string, flag: string, op: string, ...anchors: JsonObject[]): Fault => ({
    ...{ slug, flag, path: "anchors", op },
    change: { anchors },
  });
  const [first, second] = ["certificates[0]", "certificates[1]"];
  const { digitalSignature, keyAgreement } = usageBits;
  const faults: readonly Fault[] = [
    chain(
      "expired",
      "Time",
      `${first}.validity`,
      "it ended a second ago",
      people.leaf({ notAfter: now - 1n }),
      between,
    ),
    chain(
      "early",
      "Time",
      `${first}.validity`,
      "it begins in a second",
      people.leaf({ notBefore: now + 1n }),
      between,
    ),
    chain(
      "authority-expired",
      "Time",
      `${second}.validity`,
      "it ended a second ago",
      leaf,
      people.between({ notAfter: now - 1n }),
    ),
    chain(
      "authority-early",
      "Time",
      `${second}.validity`,
      "it begins in a second",
      leaf,
      people.between({ notBefore: now + 1n }),
    ),
    anchored(
      "anchor-expired",
      "Time",
      "the trusted certificate ended a day ago",
      trusted(people.anchor({ notAfter: now - day }), domain),
    ),
    chain(
      "other-signer",
      "Signature",
      `${first}.signatureValue`,
      "signed by somebody else",
      people.leaf({ by: { ...mallory } }),
      between,
    ),
    chain(
      "authority-other-signer",
      "Signature",
      `${second}.signatureValue`,
      "signed by somebody else",
      leaf,
      people.between({ by: mallory }),
    ),
    chain(
      "other-issuer",
      "Trust",
      `${first}.issuer`,
      "names another issuer than the one that has signed it",
      people.leaf({ issuer: "another authority" }),
      between,
    ),
    chain(
      "authority-other-issuer",
      "Trust",
      `${second}.issuer`,
      "names another issuer than the one that has signed it",
      leaf,
      people.between({ issuer: "another root" }),
    ),
    chain(
      "no-authority",
      "Trust",
      `${second}.basicConstraints`,
      "is no authority's",
      leaf,
      people.between({ isAuthority: false, usages: [usageBits.keyCertSign] }),
    ),
    chain(
      "authority-key-usage",
      "Trust",
      `${second}.keyUsage`,
      "its key is for signatures only, and not for certificates",
      leaf,
      people.between({ usages: [digitalSignature] }),
    ),
    chain(
      "key-usage",
      "Unsupported",
      `${first}.keyUsage`,
      "its key is for key agreement",
      people.leaf({ usages: [keyAgreement] }),
      between,
    ),
    chain("without-authority", "Trust", "certificates", "the authority in between is left out", leaf),
    {
      ...chain(
        "own-authority",
        "Trust",
        "certificates",
        "up to an authority that nobody trusts",
        people.leaf({ issuer: "another root", by: mallory }),
      ),
    },
    anchored(
      "path-length",
      "Trust",
      "the trusted authority allows no other in between",
      trusted(people.anchor({ pathLength: 0 }), domain),
    ),
    anchored(
      "nobody-trusted",
      "Trust",
      "another authority of the same domain is trusted",
      trusted(otherAuthority(people), domain),
    ),
    {
      ...anchored(
        "other-domain-trusted",
        "Trust",
        "the authority is trusted for another domain",
        trusted(anchor, "b.example"),
      ),
      level: "SHOULD",
    },
    {
      ...anchored(
        "parent-domain-trusted",
        "Trust",
        "the authority is trusted for a domain above",
        trusted(anchor, "example"),
      ),
      level: "SHOULD",
    },
    {
      slug: "other-key",
      flag: "OtherKey",
      path: "signatureKey",
      op: "the leaf has another key",
      change: { signatureKey: hex(mallory.publicKey) },
    },
    {
      slug: "authority-key",
      flag: "OtherKey",
      path: "signatureKey",
      op: "the leaf has the key of the trusted authority",
      change: { signatureKey: hex(root.publicKey) },
    },
  ];
  return faults.map((fault) => spoilt(parent, fault));
}

function wrongForms(people: People, parent: VectorCase): VectorCase[] {
  const [leaf, between] = [certificateOf(people.leaf()), people.between()];
  const whole = (slug: string, flag: string, path: string, op: string, first: Certified | Uint8Array) =>
    spoilt(parent, { ...{ slug, flag, path, op }, change: { credential: credentialOf([first, between]) } });
  const path = "certificates[0]";
  return [
    whole(
      "critical",
      "Unsupported",
      `${path}.extensions`,
      "a critical extension that nobody knows",
      people.leaf({ more: [unknown(true)] }),
    ),
    whole(
      "extension-twice",
      "Form",
      `${path}.extensions`,
      "an extension twice",
      people.leaf({ more: [unknown(false), unknown(false)] }),
    ),
    whole(
      "two-algorithms",
      "Form",
      `${path}.signatureAlgorithm`,
      "names another algorithm outside than inside",
      people.leaf({ namedOutside: people.alice }),
    ),
    whole(
      "version-2",
      "Unsupported",
      `${path}.version`,
      "of version 2, with extensions",
      people.leaf({ version: 2 }),
    ),
    whole("trailing-octet", "Form", path, "an octet behind its end", Uint8Array.from([...leaf, 0])),
  ];
}

function cascadeOfAnother(people: People, parent: VectorCase): VectorCase {
  const between = people.between({ uris: ["mimi://a.example/u/mallory"] });
  return negative(parent, {
    slug: "other-user",
    flag: "Trust",
    path: "certificates[1].subjectAltName",
    op: "certified by another user than the client's",
    outcome: "refused",
    change: { credential: credentialOf([people.leaf(), between]) },
  });
}
