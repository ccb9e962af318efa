/** Policies on what clients do with messages: notifications, links, history, expiry. room-policy-04 §6.1, 6.3, 6.6, 6.8 */
import { bool, type Infer, optional, struct, uint32, vector } from "../../wire/index.ts";
import { Uri } from "./metadata.ts";
import { Optionality } from "./optionality.ts";

export const StatusNotificationPolicy = struct("StatusNotificationPolicy", {
  delivery_notifications: Optionality,
  read_receipts: Optionality,
}).from("room-policy-04 §6.1", "whether clients report what was delivered and read");
export type StatusNotificationPolicy = Infer<typeof StatusNotificationPolicy>;

const proxy = { link_preview_proxy: vector(Uri).as("at least one URI") };

export const LinkPreviewPolicy = struct("LinkPreviewPolicy", {
  autodetect_hyperlinks_in_text: Optionality.as("never required"),
  send_link_previews: Optionality.as("by senders"),
  automatic_link_previews: Optionality.as("by receivers"),
  link_preview_proxy_use: Optionality,
})
  .select("link_preview_proxy_use", { required: proxy, optional: proxy, forbidden: {} })
  .from("room-policy-04 §6.3", "how links become links and get previews")
  .decided({
    question: "link_preview_proxy is a vector of Uri, the text speaks of the URI of one proxy",
    reading: "a vector of Uri",
    reason: "the syntax is sound and says so",
    alternatives: ["a single Uri"],
  });
export type LinkPreviewPolicy = Infer<typeof LinkPreviewPolicy>;

const sharing = {
  roles_that_can_share: vector(uint32).as("role indexes, neither 0 nor 1"),
  automatically_share: bool,
  max_time_period: uint32.as("seconds"),
};

export const HistoryPolicy = struct("HistoryPolicy", { history_sharing: Optionality })
  .select("history_sharing", { required: sharing, optional: sharing, forbidden: {} })
  .from("room-policy-04 §6.6", "whether and by whom newcomers are shown earlier messages")
  .decided({
    question:
      "the text says that the other fields are empty, false and zero where sharing is forbidden; the select leaves them out",
    reading: "they are left out",
    reason: "the select is the syntax; the text says the same of values that are not sent",
    alternatives: ["an empty list, false and zero on the wire"],
  })
  .decided({
    question: "the text also calls roles_that_can_share who_can_share",
    reading: "one field, roles_that_can_share",
    reason: "names are not on the wire",
    alternatives: [],
  });
export type HistoryPolicy = Infer<typeof HistoryPolicy>;

const durations = {
  min_expiration_duration: uint32.as("seconds"),
  max_expiration_duration: uint32.as("seconds"),
  default_expiration_duration: optional(uint32).as("seconds"),
};

export const MessageExpiration = struct("MessageExpiration", { expiring_messages: Optionality })
  .select("expiring_messages", { required: durations, optional: durations, forbidden: {} })
  .from("room-policy-04 §6.8", "whether messages disappear, and when")
  .decided({
    question:
      "the text says that both durations are zero where expiry is forbidden; the select leaves them out",
    reading: "they are left out",
    reason: "the select is the syntax; the text says the same of values that are not sent",
    alternatives: ["two zeros and an absent optional on the wire"],
  });
export type MessageExpiration = Infer<typeof MessageExpiration>;
