/** The TLS presentation language of a draft. */
export { parseTls } from "./parser.ts";
export type {
  Definition,
  Field,
  Named,
  Parsed,
  Part,
  Select,
} from "./syntax.ts";
