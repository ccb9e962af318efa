/** Whether a room asks for something, leaves it open or forbids it. room-policy-04 §6.1 */
import { closedEnum, type Infer } from "../../wire/index.ts";

export const Optionality = closedEnum("Optionality", 2, { optional: 0, required: 1, forbidden: 2 })
  .from("room-policy-04 §6.1", "whether clients may, must or must not")
  .decided({
    question: "the enumeration says required, the selects and texts of other policies say mandatory",
    reading: "one value, required(1)",
    reason: "there are three values and three cases, and both words mean the same",
    alternatives: ["a fourth value, which would need a number"],
  })
  .decided({
    question: "the enumeration has no maximum that says how wide it is",
    reading: "one octet",
    reason: "RFC 8446 §3.5: as many octets as the largest value needs",
    alternatives: [],
  });
export type Optionality = Infer<typeof Optionality>;
