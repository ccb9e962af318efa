/** What a hub could sign instead of FrankingIntegrityTBS: no draft has these structures. protocol-06 §5.4.1.2 */
import { IdentifierUri } from "../framing.ts";
import { CipherSuiteNumber } from "../mls/structures/index.ts";
import { exactly, opaque, struct, uint64 } from "../wire/index.ts";
import { ServerFrankingContext } from "./structures.ts";

const head = {
  server_frank: opaque(exactly(32)),
  franking_signature_ciphersuite: CipherSuiteNumber,
};

export const TaggedFrankingIntegrityTBS = struct("TaggedFrankingIntegrityTBS", {
  ...head,
  context: ServerFrankingContext,
  franking_tag: opaque(exactly(32)).as("ties the signature to one message"),
});

export const BlindedFrankingIntegrityTBS = struct("BlindedFrankingIntegrityTBS", {
  ...head,
  blinded_sender: opaque(exactly(32)).as("HMAC-SHA256 of the sender's URI under a key of the readers"),
  room_uri: IdentifierUri,
  accepted_timestamp: uint64,
  franking_tag: opaque(exactly(32)),
});
