/** Certificates of providers, as they stand in external_senders, and basic credentials with keys that are known. protocol-06 §7.4 */
import { hex } from "../../../spec-model/bytes.ts";
import { Credential } from "../../../spec-model/mls/index.ts";
import { clientCredential, providerCredential } from "../../../spec-model/room/index.ts";
import type { JsonObject, Level, VectorCase, VectorGroup } from "../../format/case.ts";
import { negative, positive } from "../cases.ts";
import type { Certified } from "./certificate-made.ts";
import { requirements } from "./credential-chains.ts";
import {
  client,
  credentialOf,
  domain,
  now,
  type People,
  trusted,
  user,
  viewOf,
} from "./credential-people.ts";

export function providerGroup(people: People): VectorGroup {
  const tests = rightProviders(people);
  const [usual] = tests;
  return {
    operation: "credential.authenticate-provider",
    comment: "Chains of certificates of providers",
    input: { now: String(now), anchors: [trusted(people.anchor(), domain)] },
    tests: [...tests, ...(usual === undefined ? [] : wrongProviders(people, usual))],
  };
}

const chainOf = (people: People, changes: Partial<Certified>, between: Partial<Certified> = {}) => [
  people.leaf({ subject: "a.example", of: people.hub, uris: [], dnsNames: [domain], ...changes }),
  people.between(between),
];

function rightProviders(people: People): VectorCase[] {
  const right = (slug: string, comment: string, changes: Partial<Certified>, level: Level = "SHOULD") => {
    const chain = chainOf(people, changes);
    return positive({
      id: `credential-provider-${slug}`,
      comment,
      requirements: [requirements.names, requirements.roots],
      outcome: "authenticated",
      level,
      input: { credential: credentialOf(chain), signatureKey: hex(people.hub.publicKey) },
      output: { domain },
      view: viewOf(chain),
    });
  };
  const uris = ["mimi://a.example"];
  return [
    right("dns-name", "named by a DNS name, as in TLS", {}, "MUST"),
    right("uri", "named by its URI", { uris, dnsNames: [] }),
    right("both", "named by both", { uris }),
    right("upper-case", "a DNS name in capitals", { dnsNames: ["A.EXAMPLE"] }),
    right("other-uris", "URIs of other kinds besides", { uris: ["https://a.example/", ...uris] }),
  ];
}

function wrongProviders(people: People, parent: VectorCase): VectorCase[] {
  const wrong = (slug: string, flag: string, path: string, op: string, change: JsonObject, level?: Level) =>
    negative(parent, {
      ...{ slug, flag, path, op, change, outcome: "refused" },
      ...(level && { level }),
    });
  const named = (slug: string, op: string, changes: Partial<Certified>) =>
    wrong(
      slug,
      "Names",
      "certificates[0].subjectAltName",
      op,
      { credential: credentialOf(chainOf(people, changes)) },
      "SHOULD",
    );
  return [
    named("nobody", "nobody is named", { dnsNames: [] }),
    named("client", "only a client of the provider is named", { dnsNames: [], uris: [client] }),
    named("user", "only a user of the provider is named", { dnsNames: [], uris: [user] }),
    named("two-providers", "two providers are named", { dnsNames: [domain, "b.example"] }),
    named("uri-and-name-differ", "its URI names another provider than its DNS name", {
      uris: ["mimi://b.example"],
    }),
    wrong("other-domain", "Trust", "anchors", "the authority is trusted for another domain", {
      anchors: [trusted(people.anchor(), "b.example")],
    }),
    wrong("expected", "Expected", "expected.domain", "another provider is expected", {
      expected: { domain: "b.example" },
    }),
    wrong("other-key", "OtherKey", "signatureKey", "the external sender has another key", {
      signatureKey: hex(people.mallory.publicKey),
    }),
    wrong(
      "certified-by-user",
      "Trust",
      "certificates[1].subjectAltName",
      "certified by a user of the provider",
      { credential: credentialOf(chainOf(people, {}, { uris: [user] })) },
      "SHOULD",
    ),
  ];
}

/** What an implementation believes of basic credentials: the keys that it has been told of, and no others. */
export function basicGroups(people: People): VectorGroup[] {
  const { alice, hub, mallory } = people;
  const uri = `mimi://${domain}`;
  const encoded = (credential: Credential) => hex(Credential.encode(credential));
  const known = (of: string, signatureKey: Uint8Array) => ({ uri: of, signatureKey: hex(signatureKey) });
  const ofClient = positive({
    id: "credential-basic-client",
    comment: "a client's URI, whose key is known",
    requirements: [requirements.others, requirements.kinds],
    outcome: "authenticated",
    input: { credential: encoded(clientCredential(client)), signatureKey: hex(alice.publicKey) },
    output: { client, user },
  });
  const ofProvider = positive({
    id: "credential-basic-provider",
    comment: "a provider's URI, whose key is known",
    requirements: [requirements.kinds],
    outcome: "authenticated",
    input: { credential: encoded(providerCredential(domain)), signatureKey: hex(hub.publicKey) },
    output: { domain },
  });
  const wrong = (parent: VectorCase, slug: string, flag: string, op: string, change: JsonObject) =>
    negative(parent, { slug, flag, path: Object.keys(change)[0] ?? "", op, outcome: "refused", change });
  const swapped = (parent: VectorCase, as: string) => [
    wrong(parent, "other-key", "OtherKey", "another key than the one that is known", {
      signatureKey: hex(mallory.publicKey),
    }),
    wrong(parent, "unknown", "Trust", "nobody has told of a key", { registered: [] }),
    wrong(parent, `as-${as}`, "Names", `it names a ${as}`, {
      credential: encoded(as === "user" ? clientCredential(user) : clientCredential(client)),
    }),
  ];
  const common = (...registered: readonly JsonObject[]) => ({ now: String(now), registered });
  return [
    {
      operation: "credential.authenticate",
      comment: "Basic credentials of clients",
      input: common(known(client, alice.publicKey), known(user, alice.publicKey)),
      tests: [ofClient, ...swapped(ofClient, "user")],
    },
    {
      operation: "credential.authenticate-provider",
      comment: "Basic credentials of providers",
      input: common(known(uri, hub.publicKey), known(client, hub.publicKey)),
      tests: [ofProvider, ...swapped(ofProvider, "client")],
    },
  ];
}
