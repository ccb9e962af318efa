/**
 * What a recipient, an issuer of identifiers, a discovery provider and a sender say to each other. The drafts have
 * requirements for discovery and no protocol: these structures are ours. user-discovery requirements R1 to R10
 */
import { HPKECiphertext } from "../../mls/structures/index.ts";
import { closedEnum, type Infer, opaque, struct, text, uint64, v, vector } from "../../wire/index.ts";

/** What an issuer (a telephone or e-mail company) says: who has this key has this identifier, since then. R1, R4 */
const proven = {
  identifier: text(v).as("an E.164 number or an e-mail address, in its normal form"),
  holder_key: opaque(v).as("a signature key of the recipient"),
  assigned: uint64.as("since when the identifier is this recipient's; milliseconds since the UNIX epoch"),
  issuer: text(v).as("the domain of the company that assigns the identifier"),
};
export const ControlProof = struct("ControlProof", { ...proven, issuer_signature: opaque(v) });
export type ControlProof = Infer<typeof ControlProof>;
export const ControlProofTBS = struct("ControlProofTBS", proven);

export const ControlRequest = struct("ControlRequest", { identifier: text(v), holder_key: opaque(v) });

/** A service on which the recipient can be reached, and what it is for. R2 */
export const Service = struct("Service", { domain: text(v), tags: vector(text(v)) });
export type Service = Infer<typeof Service>;

const authorised = {
  proof: ControlProof,
  services: vector(Service).as("by preference; none: the recipient does not want to be found"),
  authorised: uint64.as("milliseconds since the UNIX epoch"),
};
/** What the recipient says, with the proof that it may. R1, R2, R4 */
export const Mapping = struct("Mapping", { ...authorised, holder_signature: opaque(v) });
export type Mapping = Infer<typeof Mapping>;
export const MappingTBS = struct("MappingTBS", authorised);

export const RemovalAuthor = closedEnum("RemovalAuthor", 255, { holder: 1, issuer: 2 });

const removed = {
  identifier: text(v),
  author: RemovalAuthor,
  signer: opaque(v).as("the recipient's key, or the issuer's domain in UTF-8"),
  until: uint64.as(
    "removes what the recipient authorised, or whoever was assigned the identifier, until then",
  ),
};
/** The recipient, or the issuer for an identifier that is nobody's any more, takes mappings back. R9, R10 */
export const Removal = struct("Removal", { ...removed, signature: opaque(v) });
export type Removal = Infer<typeof Removal>;
export const RemovalTBS = struct("RemovalTBS", removed);

/** Blinded elements of RFC 9497: a discovery provider signs tokens that it will not recognise. R8 */
export const TokenRequest = struct("TokenRequest", { blinded: vector(opaque(v)) });
export const TokenResponse = struct("TokenResponse", {
  period: uint64.as("the period in which the tokens can be spent"),
  evaluated: vector(opaque(v)),
});

export const Token = struct("Token", { period: uint64, input: opaque(v), output: opaque(v) });
export type Token = Infer<typeof Token>;

/** What only the discovery provider can read. R6, R7 */
export const Lookup = struct("Lookup", {
  identifier: text(v),
  token: Token,
  reply_key: opaque(v).as("an HPKE public key made for this lookup"),
});
export type Lookup = Infer<typeof Lookup>;

export const LookupCode = closedEnum("LookupCode", 255, { answered: 0, tokenRefused: 1 });

/** What only the sender can read; padded, so that its length does not tell the relay how many mappings there are. */
export const LookupAnswer = struct("LookupAnswer", {
  code: LookupCode,
  mappings: vector(Mapping),
  padding: opaque(v),
});
export type LookupAnswer = Infer<typeof LookupAnswer>;

/** A Lookup or a LookupAnswer on its way. */
export const Sealed = HPKECiphertext;
