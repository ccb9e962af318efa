import { AuthenticatedContent } from "../../../../spec-model/mls/structures/index.ts";
import { confirmedTranscriptHash, interimTranscriptHash } from "../../../../spec-model/mls/transcript.ts";
import { bothProviders, expectHex, octets, roundTrip, vectorFamily } from "./family.ts";

interface TranscriptHashes {
  cipher_suite: number;
  confirmation_key: string;
  authenticated_content: string;
  interim_transcript_hash_before: string;
  confirmed_transcript_hash_after: string;
  interim_transcript_hash_after: string;
}

vectorFamily<TranscriptHashes>("transcript-hashes", bothProviders, (vector, suite) => {
  const commit = roundTrip(AuthenticatedContent, vector.authenticated_content);
  const confirmed = confirmedTranscriptHash(suite, octets(vector.interim_transcript_hash_before), commit);
  expectHex(confirmed, vector.confirmed_transcript_hash_after);
  const tag = suite.mac(octets(vector.confirmation_key), confirmed);
  expectHex(commit.auth.confirmationTag, Buffer.from(tag).toString("hex"), "confirmation tag");
  expectHex(interimTranscriptHash(suite, confirmed, tag), vector.interim_transcript_hash_after);
});
