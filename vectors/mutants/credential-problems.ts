/**
 * All that is wrong with a credential, found by another way than the model's: without an order, without a first reason.
 * An implementation that leaves out one check takes what has this one problem and no other.
 */
import { equalBytes, hex, textOf } from "../../spec-model/bytes.ts";
import { tokenCredentialType } from "../../spec-model/credentials/index.ts";
import { Credential } from "../../spec-model/mls/index.ts";
import { listIn, octetsIn } from "../adapters/typescript/input.ts";
import type { JsonObject } from "../format/case.ts";
import { type CertificateFacts, type FactsReader, forgivingFacts, strictFacts } from "./credential-facts.ts";
import { clientProblems, type NameProblem, providerProblems } from "./credential-names.ts";
import { tokenProblems } from "./credential-token-problems.ts";

export type Problem =
  | NameProblem
  | "form"
  | "time"
  | "issuer's name"
  | "signature"
  | "authority"
  | "authority's key usage"
  | "key usage"
  | "path length"
  | "anchor"
  | "key"
  | "registration"
  | "key ID"
  | "algorithm"
  | "critical"
  | "endless"
  | "no key";

/** What a credential shows besides whom it names. */
export interface Shown {
  readonly uris: readonly string[];
  readonly dnsNames: readonly string[];
  /** undefined: of every domain. */
  readonly domains: readonly string[] | undefined;
  readonly keys: readonly Uint8Array[];
  /** URIs of the authorities between the holder and who is trusted. */
  readonly authorities: readonly string[];
  readonly problems: readonly Problem[];
}

export function problemsOf(operation: string, input: JsonObject): ReadonlySet<Problem> {
  const shown = shownBy(input);
  const named = operation.endsWith("-provider")
    ? providerProblems(shown, input)
    : clientProblems(shown, input);
  const signatureKey = octetsIn(input, "signatureKey");
  const fits = shown.keys.some((key) => equalBytes(key, signatureKey));
  return new Set([...shown.problems, ...named, ...(fits ? [] : (["key"] as const))]);
}

function shownBy(input: JsonObject): Shown {
  const credential = Credential.decode(octetsIn(input, "credential"));
  switch (credential.credentialType) {
    case "basic":
      return shownByName(textOf(credential.identity) ?? "", input);
    case "x509":
      return shownByChain(
        credential.certificates.map(({ certData }) => certData),
        input,
      );
    case tokenCredentialType:
      return tokenProblems(textOf(credential.credentialData) ?? "", input);
    default:
      throw new Error(`no case has a credential of type ${credential.credentialType}`);
  }
}

function shownByName(uri: string, input: JsonObject): Shown {
  const known = listIn<JsonObject>(input, "registered").filter((each) => each["uri"] === uri);
  const keys = known.map((each) => octetsIn(each, "signatureKey"));
  // Whoever asks nobody takes the leaf's word for it.
  const unknown = known.length === 0;
  return {
    ...{ uris: [uri], dnsNames: [], domains: undefined, authorities: [] },
    keys: unknown ? [octetsIn(input, "signatureKey")] : keys,
    problems: unknown ? ["registration"] : [],
  };
}

function shownByChain(chain: readonly Uint8Array[], input: JsonObject): Shown {
  try {
    return chainRead(strictFacts, chain, input);
  } catch {
    const shown = chainRead(forgivingFacts, chain, input);
    return { ...shown, problems: [...shown.problems, "form"] };
  }
}

function chainRead(read: FactsReader, chain: readonly Uint8Array[], input: JsonObject): Shown {
  const now = BigInt(String(input["now"]));
  const [holder, ...between] = chain.map(read);
  if (holder === undefined) throw new Error("no case has an empty chain");
  const { anchor, domains, unknown } = anchorOf([holder, ...between], read, input);
  const isWhole = anchor !== undefined && between.at(-1)?.subject === anchor.subject;
  const authorities = anchor === undefined || isWhole ? between : [...between, anchor];
  const links = authorities.map((authority, at) => ({
    authority,
    below: [holder, ...between][at] ?? holder,
    at,
  }));
  const all = [holder, ...authorities];
  const found: readonly (readonly [Problem, boolean])[] = [
    ["anchor", unknown],
    ["time", all.some(({ notBefore, notAfter }) => now < notBefore || now > notAfter)],
    ["issuer's name", links.some(({ authority, below }) => below.issuer !== authority.subject)],
    ["signature", links.some(({ authority, below }) => !below.isSignedBy(authority.publicKey))],
    ["authority", authorities.some(({ isAuthority }) => !isAuthority)],
    ["authority's key usage", authorities.some(({ keyUsage }) => keyUsage?.has(5) === false)],
    ["key usage", holder.keyUsage?.has(0) === false],
    ["path length", links.some(({ authority, at }) => at > (authority.pathLength ?? at))],
  ];
  return {
    uris: holder.uris,
    dnsNames: holder.dnsNames,
    domains,
    keys: [holder.publicKey],
    authorities: authorities.flatMap(({ uris }) => uris),
    problems: found.flatMap(([problem, holds]) => (holds ? [problem] : [])),
  };
}

/**
 * The trusted certificate that the chain's last one names or has been signed by. Where there is none, whoever trusts
 * everybody lets the chain end where it ends.
 */
function anchorOf(chain: readonly CertificateFacts[], read: FactsReader, input: JsonObject) {
  const last = chain.at(-1);
  const trusted = listIn<JsonObject>(input, "anchors").map((each) => ({
    anchor: read(octetsIn(each, "certificate")),
    domains: listIn<string>(each, "domains"),
  }));
  const found =
    trusted.find(({ anchor }) => last !== undefined && hex(anchor.publicKey) === hex(last.publicKey)) ??
    trusted.find(({ anchor }) => anchor.subject === last?.issuer) ??
    trusted.find(({ anchor }) => last?.isSignedBy(anchor.publicKey));
  return found === undefined
    ? { anchor: undefined, domains: undefined, unknown: true }
    : { ...found, unknown: false };
}
