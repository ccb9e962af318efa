/** Whether conversations are logged, and by whom. room-policy-04 §6.5 */
import { type Infer, struct, vector } from "../../wire/index.ts";
import { Uri } from "./metadata.ts";
import { Optionality } from "./optionality.ts";

const loggers = {
  logging_clients: vector(Uri).as("at least one where logging is required"),
  machine_readable_policy: Uri,
  human_readable_policy: Uri,
};

export const LoggingPolicy = struct("LoggingPolicy", { logging: Optionality })
  .select("logging", { required: loggers, optional: loggers, forbidden: {} })
  .from("room-policy-04 §6.5", "the content of the logging_policy component")
  .decided({
    question:
      "the text says that the other fields are empty where logging is forbidden; the select leaves them out",
    reading: "they are left out",
    reason: "the select is the syntax; the text says the same of values that are not sent",
    alternatives: ["three zero-length values on the wire"],
  })
  .decided({
    question: "the two policy pointers are optional in the text and plain Uri in the structure",
    reading: "a zero-length URI where there is none",
    reason: "the syntax is sound and leaves no other way",
    alternatives: ["optional<Uri>"],
  });
export type LoggingPolicy = Infer<typeof LoggingPolicy>;
