/** Credentials (RFC 9420 §5.3). */
import { type Infer, opaque, struct, v, vector } from "../../wire/index.ts";
import { CredentialType } from "./registries.ts";

export const Certificate = struct("Certificate", {
  cert_data: opaque(v).as("one X.509 certificate, DER"),
}).from("RFC 9420 §5.3", "a link of a certificate chain");

export const Credential = struct("Credential", { credential_type: CredentialType })
  .select(
    "credential_type",
    {
      basic: { identity: opaque(v).as("what the application makes of it") },
      x509: { certificates: vector(Certificate).as("the holder's certificate first") },
    },
    { credential_data: opaque(v).as("the content of a type that is not known here") },
  )
  .from("RFC 9420 §5.3", "who a client says it is")
  .decided({
    question: "how to skip a credential of an unknown type",
    reading: "its content is one variable-size vector",
    reason: "both types of RFC 9420 and both of mls-extensions have that outer shape, whatever is inside",
    alternatives: ["refuse the structure around it"],
  });
export type Credential = Infer<typeof Credential>;
