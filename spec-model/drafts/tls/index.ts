/** The TLS presentation language of a draft. */
export { numberOf, parseTls } from "./parser.ts";
export type {
  Arm,
  Definition,
  EnumValue,
  Field,
  LabelledCall,
  Length,
  Named,
  Parsed,
  Part,
  Select,
  SyntaxFault,
  SyntaxRule,
} from "./syntax.ts";
