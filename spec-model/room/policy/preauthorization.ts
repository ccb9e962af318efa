/** Roles that credentials give a claim to. room-policy-04 §4 */
import { hex, utf8 } from "../../bytes.ts";
import { domainOfUri, mimiUri } from "../../identifiers/index.ts";
import type { Author } from "../facts.ts";
import type { ClaimFacts, Preauthorization, Role } from "../policy-facts.ts";
import type { PolicyVariants } from "./variants.ts";

/** What a basic credential is taken to claim: the draft only has claims of certificates and tokens. */
export type BasicClaim = "client" | "user" | "provider";

/** A claim of a basic credential, by the URI in it; `provider` is the provider's URI. */
export function basicClaim(id: BasicClaim, uri: string): ClaimFacts {
  return { credentialType: "basic", id: hex(utf8(id)), value: hex(utf8(uri)) };
}

/** The claims of the author's credential: those that it came with, or what its URIs say. */
export function claimsOf(author: Author): readonly ClaimFacts[] {
  if (author.claims !== undefined) return author.claims;
  if (author.kind === "provider") return [basicClaim("provider", mimiUri("provider", author.domain))];
  const domain = domainOfUri(author.user);
  const own = [basicClaim("client", author.client), basicClaim("user", author.user)];
  return domain === "" ? own : [...own, basicClaim("provider", mimiUri("provider", domain))];
}

interface Preauthorizing {
  readonly roles: readonly Role[];
  readonly preauthorized?: readonly Preauthorization[];
}

/** The role of the first entry that the author's claims match; role 0 is none. */
export function preauthorizedRole(
  state: Preauthorizing,
  author: Author,
  variants: PolicyVariants,
): Role | undefined {
  const claims = claimsOf(author);
  const entry = state.preauthorized?.find((each) => each.role.index !== 0 && matches(each, claims, variants));
  if (entry === undefined || variants.preauthorizedRole === "embedded") return entry?.role;
  return state.roles.find((role) => role.index === entry.role.index);
}

function matches(
  { claims: wanted }: Preauthorization,
  claims: readonly ClaimFacts[],
  variants: PolicyVariants,
): boolean {
  if (wanted.length === 0) return variants.emptyClaimset === "matchesEverybody";
  return wanted.every((want) => claims.some((claim) => sameClaim(claim, want)));
}

function sameClaim(a: ClaimFacts, b: ClaimFacts): boolean {
  return a.credentialType === b.credentialType && a.id === b.id && a.value === b.value;
}
