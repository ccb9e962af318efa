/** Whom a credential's URIs name: one client, and one user of the same provider. identity-05 §4 and §6.1 */
import { type MimiUri, parseMimiUri } from "../identifiers/index.ts";
import { type Holder, holderOfUri } from "../room/index.ts";
import { demand, refuse } from "./rules.ts";

/**
 * The client is the one client URI. The user is the one user or pseudonym URI where there is one, else the user in the
 * client's URI. Throws CredentialError: `namesNobody`, or `wrongDomain` for a client and a user of two providers.
 */
export function holderOfUris(uris: readonly string[]): Holder {
  const parsed = uris.flatMap((text) => {
    const uri = parseMimiUri(text);
    return uri.ok ? [uri.value] : [];
  });
  const client = onlyOne(
    parsed.filter((uri) => uri.kind === "client"),
    "client",
  );
  const user = onlyOne(
    parsed.filter((uri) => uri.kind === "user" || uri.kind === "pseudonym"),
    "user",
  );
  if (client === undefined) refuse("namesNobody", "there is no client among its URIs");
  if (user === undefined) {
    return holderOfUri(client.uri) ?? refuse("namesNobody", `${client.uri} says nothing of its user`);
  }
  demand(client.domain === user.domain, "wrongDomain", `${client.uri} and ${user.uri}`);
  return { client: client.uri, user: user.uri };
}

/** Naming one thing twice is no contradiction. */
function onlyOne(uris: readonly MimiUri[], what: string): MimiUri | undefined {
  const [first, ...others] = uris;
  const different = others.find((uri) => uri.uri !== first?.uri);
  demand(different === undefined, "namesNobody", `it names more than one ${what}`);
  return first;
}
