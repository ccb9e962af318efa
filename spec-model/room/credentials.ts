/**
 * Who the holder of a basic credential is. Its identity is the client's MIMI URI in identity-05's form, which names
 * the user: `mimi://a.example/d/alice/ClientA1` is a client of `mimi://a.example/u/alice`. identity-05 §4
 */
import { textOf, utf8 } from "../bytes.ts";
import { mimiUri, parseMimiUriOf } from "../identifiers/index.ts";
import type { Credential } from "../mls/index.ts";

export interface Holder {
  readonly client: string;
  readonly user: string;
}

/** The client that `client` names and its user, or undefined where the URI does not name both. */
export function holderOfUri(client: string): Holder | undefined {
  const uri = parseMimiUriOf("client", client);
  if (!uri.ok) return undefined;
  const [userName, clientName] = uri.value.names;
  if (userName === undefined || clientName === undefined) return undefined;
  return { client: uri.value.uri, user: mimiUri("user", uri.value.domain, userName) };
}

/** The client and user that a credential speaks for, or undefined where it is of another kind or says neither. */
export function holderOf(credential: Credential): Holder | undefined {
  if (credential.credentialType !== "basic") return undefined;
  const text = textOf(credential.identity);
  return text === undefined ? undefined : holderOfUri(text);
}

export function clientCredential(client: string): Credential {
  return { credentialType: "basic", identity: utf8(client) };
}

/** A provider's credential, as `external_senders` and GroupInfo responses carry it: its provider URI. */
export function providerCredential(domain: string): Credential {
  return { credentialType: "basic", identity: utf8(mimiUri("provider", domain)) };
}

/** The domain a provider's credential names, or undefined where it is not one. */
export function providerOf(credential: Credential): string | undefined {
  if (credential.credentialType !== "basic") return undefined;
  const uri = parseMimiUriOf("provider", textOf(credential.identity) ?? "");
  return uri.ok ? uri.value.domain : undefined;
}
