/** Who is at the other end of a connection between providers: what TLS has proved, and what headers say. protocol-06 §4.1 */
import type { HttpRequest } from "../actor.ts";

export type ConnectionCode = "unauthenticated" | "wrongCertificate" | "wrongHead";

/** Why a request or an answer is not taken, for the notice of it. */
export interface ConnectionProblem {
  readonly code: ConnectionCode;
  readonly text: string;
}

/** What is wrong with a request to the provider at `domain`, over a connection with this certificate at its other end. */
export function requestProblem(
  domain: string,
  certificate: readonly string[],
  { host, from }: Pick<HttpRequest, "host" | "from">,
): ConnectionProblem | undefined {
  // A port says where the connection goes, not which provider is meant.
  if (host.replace(/:\d+$/, "") !== domain) return { code: "wrongHead", text: `the request is for ${host}` };
  const source = sourceOf(from);
  if (source === undefined) return { code: "wrongHead", text: `the request says it is from ${from}` };
  return peerProblem(source, certificate);
}

/** What is wrong with the other end of a connection that is to be with the provider at `domain`. */
export function peerProblem(domain: string, certificate: readonly string[]): ConnectionProblem | undefined {
  if (certificate.length === 0)
    return { code: "unauthenticated", text: `no certificate shows that it is ${domain}` };
  if (certificate.some((name) => matches(name, domain))) return undefined;
  return {
    code: "wrongCertificate",
    text: `the certificate is for ${certificate.join(", ")}, not ${domain}`,
  };
}

/** The domain of the provider that a request says it is from: `mimi@` and nothing around it. */
export function sourceOf(from: string): string | undefined {
  return /^mimi@([^@\s<>,]+)$/.exec(from)?.[1];
}

/** A name's first label may be `*`, for any one label. RFC 6125 §6.4 */
function matches(name: string, domain: string): boolean {
  const [shown, wanted] = [name, domain].map((each) => each.toLowerCase());
  if (shown === wanted) return true;
  return shown?.startsWith("*.") === true && wanted?.replace(/^[^.]+/, "*") === shown;
}
