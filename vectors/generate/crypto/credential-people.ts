/** Who holds and who certifies what in the vectors on credentials, and how a chain becomes a case's input. */
import { hex } from "../../../spec-model/bytes.ts";
import { Credential } from "../../../spec-model/mls/index.ts";
import type { Json, JsonObject } from "../../format/case.ts";
import { type Certified, certificateOf, type Signer } from "./certificate-made.ts";
import type { Scene } from "./keys.ts";

/** 2026-06-01T00:00:00Z, in seconds. */
export const now = 1_780_272_000n;
export const day = 86_400n;
export const client = "mimi://a.example/d/alice/ClientA1";
export const user = "mimi://a.example/u/alice";
export const domain = "a.example";

const rootName = "a.example root";
const clientsName = "a.example clients";

/** Signers, and the certificates of the usual chain: alice's, of her provider's authority for clients, of the root. */
export class People {
  readonly alice: Signer;
  readonly onP256: Signer;
  readonly root: Signer;
  readonly authority: Signer;
  readonly mallory: Signer;
  readonly hub: Signer;

  constructor([edwards, nist]: readonly [Scene, Scene]) {
    const signer = ({ suite, signatureOf }: Scene, name: string) => ({ suite, ...signatureOf(name) });
    this.alice = signer(edwards, "alice in a certificate");
    this.onP256 = signer(nist, "alice in a certificate");
    this.root = signer(edwards, rootName);
    this.authority = signer(nist, clientsName);
    this.mallory = signer(edwards, "mallory with certificates");
    this.hub = signer(edwards, "the hub in a certificate");
  }

  leaf(changes: Partial<Certified> = {}): Certified {
    const lasting = { notBefore: now - day, notAfter: now + day };
    const names = { subject: "alice", issuer: clientsName, uris: [client, user] };
    return { ...names, of: this.alice, by: this.authority, ...lasting, ...changes };
  }

  between(changes: Partial<Certified> = {}): Certified {
    return { ...this.anchor(), subject: clientsName, of: this.authority, ...changes };
  }

  anchor(changes: Partial<Certified> = {}): Certified {
    return {
      subject: rootName,
      issuer: rootName,
      of: this.root,
      by: this.root,
      isAuthority: true,
      notBefore: now - 1000n * day,
      notAfter: now + 1000n * day,
      ...changes,
    };
  }
}

export function trusted(certificate: Certified, ...domains: readonly string[]): JsonObject {
  return { certificate: hex(certificateOf(certificate)), domains };
}

/** The member `credential` of an input: a chain as it is made, or octets of certificates. */
export function credentialOf(chain: readonly (Certified | Uint8Array)[]): string {
  const certificates = chain.map((each) => ({
    certData: each instanceof Uint8Array ? each : certificateOf(each),
  }));
  return hex(Credential.encode({ credentialType: "x509", certificates }));
}

/** The chain for people to read. */
export function viewOf(chain: readonly Certified[]): Json {
  return chain.map(({ subject, issuer, of, uris = [], dnsNames = [], notBefore, notAfter }) => ({
    subject,
    issuer,
    uris,
    dnsNames,
    notBefore: isoOf(notBefore),
    notAfter: isoOf(notAfter),
    privateKey: hex(of.privateKey),
  }));
}

function isoOf(seconds: bigint): string {
  return new Date(Number(seconds) * 1000).toISOString();
}
