/** Providers that do not look at who is at the other end of a connection. protocol-06 §4.1 */
import { sourceOf } from "../../../spec-model/provider/index.ts";
import { by } from "./mistake.ts";

export const connectionMistakes = by("provider", [
  [
    "provider-needs-no-certificate",
    "takes requests over connections whose other end has shown no certificate",
    ["protocol-4.1-mutual-tls"],
    ({ requestProblem }) => ({
      requestProblem: (domain, certificate, head) =>
        requestProblem(domain, certificate.length === 0 ? [sourceOf(head.from) ?? ""] : certificate, head),
    }),
  ],
  [
    "provider-takes-any-certificate",
    "believes the From of a request whatever domain the certificate is for",
    ["protocol-4.1-certificates-name-domains", "protocol-4.1-from-mimi"],
    ({ requestProblem }) => ({
      requestProblem: (domain, certificate, head) =>
        requestProblem(domain, certificate.length === 0 ? [] : [sourceOf(head.from) ?? ""], head),
    }),
  ],
]);
