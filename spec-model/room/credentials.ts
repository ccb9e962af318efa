/**
 * Who the holder of a basic credential is. Its identity is the client's MIMI URI in identity-05's form, which names
 * the user: `mimi://a.example/d/alice/ClientA1` is a client of `mimi://a.example/u/alice`. identity-05 §4
 */
import { textOf, utf8 } from "../bytes.ts";
import { mimiUri, parseMimiUri, parseMimiUriOf } from "../identifiers/index.ts";
import type { Credential } from "../mls/index.ts";
import { PseudonymousCredential, pseudonymousCredentialType } from "../pseudonyms/index.ts";
import { remembered } from "../remembered.ts";
import { DecodeError } from "../wire/index.ts";

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
export const holderOf: (credential: Credential) => Holder | undefined = remembered((credential) => {
  if (credential.credentialType === pseudonymousCredentialType) return pseudonymIn(credential.credentialData);
  if (credential.credentialType !== "basic") return undefined;
  const text = textOf(credential.identity);
  return text === undefined ? undefined : holderOfUri(text);
});

/** The pseudonyms of a client and its user, as everybody sees them. protocol-06 §6.1 */
function pseudonymIn(credentialData: Uint8Array): Holder | undefined {
  try {
    const { clientPseudonym, userPseudonym } = PseudonymousCredential.decode(credentialData);
    const [client, user] = [parseMimiUri(clientPseudonym.uri), parseMimiUri(userPseudonym.uri)];
    if (!client.ok || !user.ok || client.value.domain !== user.value.domain) return undefined;
    return { client: client.value.uri, user: user.value.uri };
  } catch (error) {
    if (error instanceof DecodeError) return undefined;
    throw error;
  }
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
