/** What is wrong with whom a credential names. identity-05 §4 and §6.1 */
import { parseMimiUri } from "../../spec-model/identifiers/index.ts";
import type { JsonObject } from "../format/case.ts";
import type { Shown } from "./credential-problems.ts";

export type NameProblem =
  | "user for client"
  | "other thing for client"
  | "nobody"
  | "several clients"
  | "several users"
  | "several providers"
  | "two providers"
  | "client without user"
  | "member for provider"
  | "domain"
  | "expected domain"
  | "expected user"
  | "user's authority";

interface Named {
  readonly kind: string;
  readonly uri: string;
  readonly domain: string;
}

export function clientProblems({ uris, domains, authorities }: Shown, input: JsonObject): NameProblem[] {
  const named = [...new Set(uris)].flatMap(namedBy);
  const clients = named.filter(({ kind }) => kind === "client");
  const users = named.filter(({ kind }) => kind === "user" || kind === "pseudonym");
  const [client] = clients;
  const implied = client && userIn(client);
  const user = users[0]?.uri ?? implied;
  const domain = client?.domain ?? named[0]?.domain ?? "";
  const expected = input["expected"] as { readonly domain?: string; readonly user?: string } | undefined;
  return problems([
    ["nobody", named.length === 0],
    ["user for client", client === undefined && users.length > 0],
    ["other thing for client", client === undefined && users.length === 0 && named.length > 0],
    ["several clients", clients.length > 1],
    ["several users", users.length > 1],
    ["client without user", client !== undefined && user === undefined],
    ["two providers", users.some((each) => each.domain !== domain)],
    ["domain", isOutside(domain, domains)],
    ["expected domain", expected?.domain !== undefined && expected.domain !== domain],
    ["expected user", expected?.user !== undefined && expected.user !== user],
    ["user's authority", authorities.some((uri) => isPersonal(uri) && uri !== user)],
  ]);
}

export function providerProblems(
  { uris, dnsNames, domains, authorities }: Shown,
  input: JsonObject,
): NameProblem[] {
  const named = uris.flatMap(namedBy);
  const byUri = named.filter(({ kind }) => kind === "provider").map(({ domain }) => domain);
  const all = [...new Set([...dnsNames.map((name) => name.toLowerCase()), ...byUri])];
  const domain = all[0] ?? named[0]?.domain ?? "";
  const expected = input["expected"] as { readonly domain?: string } | undefined;
  return problems([
    ["nobody", all.length === 0 && named.length === 0],
    ["member for provider", all.length === 0 && named.length > 0],
    ["several providers", all.length > 1],
    ["domain", isOutside(domain, domains)],
    ["expected domain", expected?.domain !== undefined && expected.domain !== domain],
    ["user's authority", authorities.some(isPersonal)],
  ]);
}

function problems(found: readonly (readonly [NameProblem, boolean])[]): NameProblem[] {
  return found.flatMap(([problem, holds]) => (holds ? [problem] : []));
}

function namedBy(text: string): Named[] {
  const uri = parseMimiUri(text);
  return uri.ok ? [uri.value] : [];
}

/** `mimi://a.example/d/alice/ClientA1` names alice, too. */
function userIn({ uri, domain }: Named): string | undefined {
  const [, user] = /\/d\/([^/]+)\/[^/]+$/.exec(uri) ?? [];
  return user && `mimi://${domain}/u/${user}`;
}

function isOutside(domain: string, domains: readonly string[] | undefined): boolean {
  return domain !== "" && domains !== undefined && !domains.includes(domain);
}

function isPersonal(text: string): boolean {
  return namedBy(text).some(({ kind }) => ["user", "pseudonym", "client"].includes(kind));
}
