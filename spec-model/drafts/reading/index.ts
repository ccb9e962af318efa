/** From a file's octets to a draft's parts. */
export { type DraftFile, ReadError, readDraft } from "./read.ts";
export {
  fingerprintOf,
  type NormativeSentence,
  normativeSentences,
  type Sentence,
  sentencesOf,
} from "./sentences.ts";
