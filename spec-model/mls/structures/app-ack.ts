/** Acknowledging application messages inside the group's transcript (mls-extensions §6.1). */
import { type Infer, struct, uint32, vector } from "../../wire/index.ts";

export const MessageRange = struct("MessageRange", {
  sender: uint32.as("a leaf index"),
  first_generation: uint32,
  last_generation: uint32.as("inclusive"),
}).from("mls-extensions §6.1", "a span of one sender's messages that have arrived");

export const AppAck = struct("AppAck", { received_ranges: vector(MessageRange) }).from(
  "mls-extensions §6.1",
  "the messages of this epoch that a member has received; the data of an AppEphemeral of app_ack",
);
export type AppAck = Infer<typeof AppAck>;
