/** Whose request it is that comes over a connection. protocol-06 §4.1 */
import type { Faculties } from "../faculties.ts";
import { of } from "./expected.ts";

const head = { host: "a.example", from: "mimi@b.example" };

function codeOf({ requestProblem }: Faculties, certificate: readonly string[]): string | undefined {
  return requestProblem("a.example", certificate, head)?.code;
}

export const connectionsExpected = of("protocol-06 §4.1", [
  [
    "connection with a certificate",
    "a request over a connection whose other end has shown its certificate is taken",
    (f) => codeOf(f, ["b.example"]) === undefined,
  ],
  [
    "connection without one",
    "a request over a connection whose other end has shown no certificate is refused",
    (f) => codeOf(f, []) === "unauthenticated",
  ],
  [
    "connection with another's",
    "a request is refused where the certificate is for another domain than its From says",
    (f) => codeOf(f, ["c.example"]) === "wrongCertificate",
  ],
]);
