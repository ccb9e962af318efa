/** What is wrong with a token. RFC 7515, RFC 7519, identity-05 §6.2 */

import { verify } from "node:crypto";
import { concat } from "../../spec-model/bytes.ts";
import { listIn, octetsIn } from "../adapters/typescript/input.ts";
import type { JsonObject } from "../format/case.ts";
import { keyObject } from "./credential-facts.ts";
import type { Problem, Shown } from "./credential-problems.ts";

export function tokenProblems(token: string, input: JsonObject): Shown {
  const [head = "", payload = "", signature = "", ...more] = token.split(".");
  const header = read(head);
  const claims = read(payload);
  const now = Number(input["now"]);
  const issuers = listIn<JsonObject>(input, "issuers");
  const named = issuers.filter(({ issuer }) => issuer === claims["iss"]);
  const key = named.find(({ keyId }) => keyId === header["kid"]) ?? named[0] ?? issuers[0];
  if (key === undefined) throw new Error("no case is without issuers");
  const { vc, exp, nbf, sub } = claims;
  const subject = member(vc, "credentialSubject", "hasInstantMessage");
  const isUnsigned = header["alg"] === "none";
  const found: readonly (readonly [Problem, boolean])[] = [
    ["form", more.length > 0 || /[^A-Za-z0-9_-]/.test(signature) || !isCredential(vc)],
    ["time", typeof exp === "number" && now >= exp],
    ["time", typeof nbf === "number" && now < nbf],
    ["endless", typeof exp !== "number"],
    ["anchor", named.length === 0],
    [
      "key ID",
      header["kid"] !== undefined && !named.some(({ keyId }) => keyId === header["kid"]) && named.length > 0,
    ],
    ["algorithm", header["alg"] !== key["algorithm"] && !isUnsigned],
    ["critical", header["crit"] !== undefined],
    ["no key", member(claims["cnf"], "jwk") === undefined],
    ["signature", isUnsigned || !isSigned(`${head}.${payload}`, signature, key)],
  ];
  return {
    uris: [sub, ...(Array.isArray(subject) ? subject : [subject])].filter(
      (uri): uri is string => typeof uri === "string",
    ),
    dnsNames: [],
    domains: listIn<string>(key, "domains"),
    keys: keysIn(claims, input),
    authorities: [],
    problems: found.flatMap(([problem, holds]) => (holds ? [problem] : [])),
  };
}

function read(part: string): JsonObject {
  return JSON.parse(Buffer.from(part, "base64url").toString("utf8")) as JsonObject;
}

function member(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce((inner: unknown, name) => (inner as JsonObject | undefined)?.[name], value);
}

function isCredential(vc: unknown): boolean {
  const types = member(vc, "type");
  return Array.isArray(types) && types.includes("VerifiableCredential");
}

/** A token about no key serves every leaf, where nobody minds. */
function keysIn(claims: JsonObject, input: JsonObject): Uint8Array[] {
  const jwk = member(claims["cnf"], "jwk") as JsonObject | undefined;
  if (jwk === undefined) return [octetsIn(input, "signatureKey")];
  const [x, y] = ["x", "y"].map((name) => new Uint8Array(Buffer.from(String(jwk[name] ?? ""), "base64url")));
  if (x === undefined || y === undefined) return [];
  return [jwk["kty"] === "EC" ? concat(Uint8Array.of(4), x, y) : x];
}

function isSigned(signed: string, signature: string, issuer: JsonObject): boolean {
  const key = keyObject(octetsIn(issuer, "publicKey"));
  const digest = issuer["algorithm"] === "EdDSA" ? null : "sha256";
  const given = { key, dsaEncoding: "ieee-p1363" } as const;
  return verify(digest, Buffer.from(signed), given, Buffer.from(signature, "base64url"));
}
