import {
  Commit,
  GroupSecrets,
  MLSMessage,
  Proposal,
  RatchetTreeExtension,
} from "../../../../spec-model/mls/structures/index.ts";
import { roundTrip, vectorsTogether } from "./family.ts";

const messages = [
  "mls_welcome",
  "mls_group_info",
  "mls_key_package",
  "public_message_application",
  "public_message_proposal",
  "public_message_commit",
  "private_message",
] as const;

const proposals = [
  "add_proposal",
  "update_proposal",
  "remove_proposal",
  "pre_shared_key_proposal",
  "re_init_proposal",
  "external_init_proposal",
  "group_context_extensions_proposal",
] as const;

type Messages = Record<
  (typeof messages)[number] | (typeof proposals)[number] | "ratchet_tree" | "group_secrets" | "commit",
  string
>;

vectorsTogether<Messages>("messages", (vector) => {
  for (const name of messages) roundTrip(MLSMessage, vector[name]);
  // The vectors leave out the proposal type, which is the position in this list.
  proposals.forEach((name, i) => {
    roundTrip(Proposal, `000${i + 1}${vector[name]}`);
  });
  roundTrip(RatchetTreeExtension, vector.ratchet_tree);
  roundTrip(GroupSecrets, vector.group_secrets);
  roundTrip(Commit, vector.commit);
});
