/** Turns what the formats, MLS and rooms refuse into a fact. */
import { MlsError } from "../mls/index.ts";
import { DecodeError } from "../wire/index.ts";
import type { Refused } from "./facts.ts";
import { RoomError } from "./room-error.ts";

/** What `read` gives, or why it was refused; other errors are programming mistakes and go on. */
export function attempt<T>(read: () => T): T | Refused {
  try {
    return read();
  } catch (error) {
    if (error instanceof MlsError) return refused("MlsError", error.code, error.where, error.message);
    if (error instanceof RoomError) return refused("RoomError", error.code, error.where, error.message);
    if (error instanceof DecodeError) return refused("DecodeError", "malformed", error.place, error.message);
    throw error;
  }
}

export function isRefused(facts: unknown): facts is Refused {
  return typeof facts === "object" && facts !== null && "errorType" in facts;
}

function refused(errorType: string, code: string, where: string, text: string): Refused {
  return { errorType, code, where, text };
}
