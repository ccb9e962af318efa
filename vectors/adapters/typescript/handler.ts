/** What answers one operation. */
import type { JsonObject } from "../../format/case.ts";
import type { Answer } from "../../verify/protocol.ts";

export type Handler = (input: JsonObject) => Answer;
