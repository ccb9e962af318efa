/** Which requirements of the catalogue a case is about: by its operation, structure, flags, rule, id, or the run it is from. */
import type { JsonObject, VectorCase } from "./case.ts";

/** What a link looks at. */
export interface Linked {
  readonly operation: string;
  readonly case: VectorCase;
  /** The group's input and the case's. */
  readonly input: JsonObject;
}

/** Cases that have all that is named here are about these requirements. */
interface Link {
  readonly operations?: readonly string[];
  readonly structures?: readonly string[];
  readonly flags?: readonly string[];
  /** Rules that a policy refuses by. */
  readonly rules?: readonly string[];
  readonly id?: RegExp;
  readonly requirements: readonly string[];
}

/** Ids of requirements, each once, in the order of the links. */
export function linkedRequirements(linked: Linked): string[] {
  return [...new Set(links.filter((link) => fits(link, linked)).flatMap(({ requirements }) => requirements))];
}

function fits(link: Link, { operation, case: each, input }: Linked): boolean {
  const { operations, structures, flags, rules, id } = link;
  const rule = (each.view as { readonly rule?: string } | undefined)?.rule ?? "";
  return (
    (operations === undefined || operations.includes(operation)) &&
    (structures === undefined || structures.includes(String(input["structure"]))) &&
    (flags === undefined || each.flags.some((flag) => flags.includes(flag))) &&
    (rules === undefined || rules.includes(rule)) &&
    (id === undefined || id.test(each.id))
  );
}

const protocol = (...ids: readonly string[]) => ids.map((id) => `protocol-${id}`);
const roomPolicy = (...ids: readonly string[]) => ids.map((id) => `room-policy-${id}`);
const content = (...ids: readonly string[]) => ids.map((id) => `content-${id}`);
const extensions = (...ids: readonly string[]) => ids.map((id) => `mls-extensions-${id}`);
const structure = (name: string, ...requirements: readonly string[]): Link => ({
  structures: [name],
  requirements,
});
const cases = (id: RegExp, ...requirements: readonly string[]): Link => ({ id, requirements });
const refusal = (rule: string, ...requirements: readonly string[]): Link => ({
  operations: ["policy.decide"],
  rules: [rule],
  requirements,
});
const flagged = (operations: readonly string[], flag: string, ...requirements: readonly string[]): Link => ({
  operations,
  flags: [flag],
  requirements,
});

/** By the structures that hold what a requirement asks for. */
const codecLinks: readonly Link[] = [
  { operations: ["uri.parse"], requirements: ["identity-4-kind-by-segment"] },
  cases(/^uri-pseudonym/, "identity-4-pseudonyms"),
  { operations: ["directory.parse"], requirements: protocol("5.1-directory-json") },
  { operations: ["endpoint.url"], requirements: protocol("5.1-directory-json") },
  structure("KeyMaterialRequest", ...protocol("5.2-names-room")),
  structure("KeyMaterialResponse", ...protocol("5.2-no-clients-of-failure", "5.2-clients-of-incompatible")),
  structure("HandshakeBundle", ...protocol("5.3-handshake-visible-to-hub")),
  structure("SubmitMessageRequest", ...protocol("5.4-private-application")),
  structure("SubmitMessageResponse", ...protocol("5.4.1.1-answer-has-frank")),
  structure("FrankAAD", ...protocol("5.4.1.1-tag-in-aad")),
  structure("FanoutMessage", ...protocol("5.5-welcome-with-tree")),
  structure("ConsentEntry", ...protocol("5.7-request-entry", "5.7-update-entry", "5.7-grant-key-packages")),
  structure("AbuseReport", ...protocol("5.9-report-fields")),
  structure("RoleData", ...roomPolicy("3-indexes-sparse")),
  structure("Role", ...roomPolicy("3-zero-minimum", "3-absent-maximum")),
  cases(/^codec-loggingpolicy-01(-trailing-octet)?$/, ...roomPolicy("6.5-forbidden-empty")),
  cases(/^codec-historypolicy-01(-trailing-octet)?$/, ...roomPolicy("6.6-forbidden-empty")),
  cases(/^codec-messageexpiration-01(-trailing-octet)?$/, ...roomPolicy("6.8-forbidden-empty")),
  structure("LinkPreviewPolicy", ...roomPolicy("6.3-proxy-named")),
  structure("AppAck", ...extensions("6.1-app-ack-ranges")),
  structure("MediaTypeList", ...extensions("6.2.1-lists-not-empty")),
  structure("Parameter", ...extensions("6.2.2-parameter-values")),
  structure("ApplicationFraming", ...extensions("6.2.4-framed", "6.2.4-empty-type")),
  structure("SafeAAD", ...extensions("4.9-framed")),
  structure("AppDataDictionary", ...extensions("4.6-sorted", "4.6-one-entry")),
  structure("AppDataUpdate", ...protocol("5.3-component-updates")),
  structure("SemiPrivateMessage", "semiprivatemessage-1-handshakes-only"),
  structure("SemiPrivateContentAAD", "semiprivatemessage-3.1-bound-aad"),
  structure("RatchetTreeOption", "ratchet-tree-options-3-full", "ratchet-tree-options-3-https"),
  structure("DomainList", "ratchet-tree-options-3.1-domains-not-empty"),
];

/** By the form of the CBOR, and by what a message is. */
const contentLinks: readonly Link[] = [
  {
    operations: ["content.decode", "content.encode"],
    requirements: content("3.1-cbor", "6.1-deterministic"),
  },
  {
    operations: ["content.message-id"],
    requirements: content("3.3-message-id", "3.3-lengths", "3.3-sha-256"),
  },
  { operations: ["content.status"], requirements: ["message-status-3-cbor"] },
  cases(/^status-(two|changed)/, "message-status-3-many-messages"),
  cases(
    /^status-(read|unread|delivered|expired|deleted|hidden|error|unregistered)/,
    "message-status-3-values",
  ),
  flagged(["content.decode", "content.status"], "NotShortest", ...content("6.1-shortest")),
  flagged(["content.decode", "content.status"], "Indefinite", ...content("6.1-definite")),
  flagged(["content.decode"], "KeyOrder", ...content("6.1-sorted", "6.1-not-canonical")),
  flagged(["content.decode"], "KeyTwice", ...content("4.3-no-key-twice")),
  flagged(["content.decode"], "Utf8", ...content("6.2-utf-8")),
  cases(/^content-expires-/, ...content("4.1-expiry-form")),
  cases(/^content-extensions/, ...content("4.3-extension-keys", "6.2-extension-keys", "6.2-integer-keys")),
  cases(/^content-(text|markdown|external)/, ...content("4.4-content-type")),
  cases(/^content-language/, ...content("4.4-language")),
  cases(/^content-nested/, ...content("4.4-part-index")),
  cases(/^content-external/, ...content("4.5-size-and-expiry", "4.5-encrypted", "4.5-aad-empty")),
  cases(/^content-reply/, ...content("5.2-reply")),
  cases(/^content-reaction/, ...content("5.3-reaction")),
  cases(/^content-topic/, ...content("5.11-topic-id")),
  cases(/^timeline-reply/, ...content("5.2-reply")),
  cases(/^timeline-reaction/, ...content("5.3-reaction")),
  flagged(["content.judge"], "Nonsensical", ...content("9.1-discards")),
  cases(/^judge-(not-)?parts-/, ...content("9.1-part-limits")),
  cases(/^judge-(not-)?semantics/, ...content("9.1-unknown-semantics")),
  flagged(["content.decode"], "Bignum", ...content("6.1-bigints")),
  flagged(["content.decode"], "NaN", ...content("6.2-nan")),
  flagged(["content.decode"], "Key", ...content("6.2-inner-keys")),
  cases(/^content-parts-depth/, ...content("6.3-parts-depth")),
  cases(/^content-extension-depth/, ...content("6.3-extensions-depth")),
];

/** By what a search is for, and by the code that it gets. */
const searchLinks: readonly Link[] = [
  cases(/^search-(all-elements|not-one-element)$/, ...protocol("5.8-all-elements")),
  cases(/^search-(not-)?(handle|nick|email|phone)(-exact|-part)?$/, ...protocol("5.8-exact-fields")),
  cases(/^search-partial-name/, ...protocol("5.8-partial-name")),
  cases(/^search-whole-profile/, ...protocol("5.8-whole-profile")),
  cases(/^search-(not-)?(claim|property)(-part)?$/, ...protocol("5.8-claims-exact")),
  cases(/^search-not-.*-not-searchable$/, ...protocol("5.8-only-searchable")),
  cases(/^search-(?!not-)/, ...protocol("5.8-success")),
  flagged(["users.search"], "NotFound", ...protocol("5.8-not-found")),
  cases(/^search-not-no-exact$/, ...protocol("5.8-ambiguous")),
  cases(/^search-not-(closed|apart)$/, ...protocol("5.8-forbidden")),
  cases(/^search-not-unsupported$/, ...protocol("5.8-unsupported-field")),
];

/** What the crypto and state families say of their cases is in the cases themselves; this is what they share. */
const cryptoLinks: readonly Link[] = [
  { operations: ["franking.tag"], requirements: protocol("5.4.1.1-salt-and-uris-inside") },
  { operations: ["franking.stamp"], requirements: protocol("5.4.1.1-answer-has-frank") },
  flagged(["franking.verify"], "Suite", ...protocol("5.4.1.2-suite-at-franking", "5.4.1-key-of-suite")),
  { operations: ["identity-link.open"], requirements: protocol("6.1-identity-link") },
  {
    operations: ["semi-private.open-as-member", "semi-private.open-as-receiver"],
    requirements: ["semiprivatemessage-3.1-ciphertext", "semiprivatemessage-3.1-bound-aad"],
  },
  flagged(["semi-private.open-as-receiver"], "Receiver", "semiprivatemessage-3-agreed-receivers"),
  flagged(["dictionary.update"], "Unknown", ...extensions("4.7-unknown-component")),
  cases(/^component-roles-list/, ...roomPolicy("3-update-replaces")),
  cases(/^component-preauth-list/, ...roomPolicy("4-update-replaces")),
  cases(/^component-room-metadata/, ...protocol("7.6-replaces-whole")),
  cases(/^component-join-links-two/, ...roomPolicy("6.2-many")),
  flagged(["participants.update"], "RoleZero", ...roomPolicy("3-role-zero-reserved")),
  { operations: ["room-component.update"], requirements: protocol("7.2-state-in-dictionary") },
];

/** By the rule that refuses, and by what is allowed. */
const policyLinks: readonly Link[] = [
  { operations: ["policy.decide"], requirements: protocol("7.1-hub-decides") },
  flagged(["policy.decide"], "Refused", ...protocol("4.3-hub-enforces-policy", "7.5-each-authorised")),
  cases(/^policy-can-.*/, ...roomPolicy("8-holder")),
  cases(/^policy-can-.*-proposed$/, ...roomPolicy("8-propose-and-commit")),
  cases(/^policy-can-add-participant-add-user/, ...roomPolicy("8.1.1-add-other")),
  cases(
    /^policy-can-add-participant-add-user-and-client/,
    ...roomPolicy("8.1.1-add-brings-clients"),
    ...protocol("5.3-participant-before-clients"),
  ),
  refusal("canAddParticipant", ...roomPolicy("8.1.1-add-other")),
  cases(
    /^policy-can-add-own-client-add-own-client|^policy-enter-own-client/,
    ...roomPolicy("8.1.1-own-client"),
  ),
  refusal("canAddOwnClient", ...roomPolicy("8.1.1-own-client")),
  cases(
    /^policy-can-remove-participant-remove-user/,
    ...roomPolicy("8.1.2-remove-other", "8.1.2-no-client-stays"),
    ...protocol("3.5-remove-in-one-commit", "5.3-removed-with-clients"),
    "arch-2-removal-with-clients",
  ),
  refusal("canRemoveParticipant", ...roomPolicy("8.1.2-remove-other")),
  cases(/^policy-can-remove-own-client-remove-own-client/, ...roomPolicy("8.1.2-own-client")),
  refusal("canRemoveOwnClient", ...roomPolicy("8.1.2-own-client")),
  refusal("canKick", ...roomPolicy("8.1.2-kick")),
  refusal("canChangeUserRole", ...roomPolicy("8.1.3-change-other")),
  refusal("canBan", ...roomPolicy("8.1.3-ban")),
  refusal("canUnBan", ...roomPolicy("8.1.3-unban")),
  cases(/^policy-can-un-ban-unban/, ...roomPolicy("8.1.3-unban-from-banned", "8.1.3-banned-role")),
  refusal(
    "authorised-role-change",
    ...roomPolicy("3-transitions", "8.1.1-add-transition", "8.1.2-remove-transition", "8.1.3-ban-transition"),
  ),
  cases(/^policy-own-role-(first|later|without)$/, ...roomPolicy("8.1.3-change-own")),
  cases(/^policy-own-role-(minimum|maximum)$/, ...roomPolicy("8.1.3-change-own-limits")),
  cases(/^policy-own-role-(first|later)$/, ...roomPolicy("4-first-match")),
  cases(/^policy-own-role-of-other$/, ...roomPolicy("4-consulted-only-for")),
  cases(/^policy-preauthorised-/, ...roomPolicy("8.1.1-preauthorized-maxima")),
  cases(/^policy-leave(-without-clients)?$/, ...roomPolicy("8.1.2-leave-with-clients")),
  cases(/^policy-leave(-no-transition)?$/, ...roomPolicy("8.1.2-leave-transition")),
  cases(/^policy-unban-(alone|with-client)$/, ...roomPolicy("8.1.3-unban-adds-no-client")),
  cases(/^policy-pseudonym-/, ...roomPolicy("5-real-identities")),
  cases(/^policy-limit-/, ...roomPolicy("3-constraints")),
  cases(/^policy-limit-active/, ...roomPolicy("3-no-active", "8.1.2-own-client-minimum")),
  cases(/^policy-limit-(swap|move)/, ...roomPolicy("8.1.3-change-limits")),
  cases(/^policy-limit-add/, ...roomPolicy("8.1.1-add-maxima")),
  cases(/^policy-limit-users/, ...roomPolicy("5-max-users")),
  cases(/^policy-devices-single/, ...roomPolicy("5-single-device")),
  cases(/^policy-devices-full/, ...roomPolicy("5-max-clients")),
  cases(
    /^policy-enter-open/,
    ...roomPolicy("8.1.1-open-join", "8.1.1-open-join-roles", "8.1.1-open-join-transition"),
  ),
  cases(/^policy-enter-open-banned/, ...roomPolicy("4-banned-stays-out")),
  cases(
    /^policy-enter-(code|wrong-code|no-code)/,
    ...roomPolicy("8.1.1-join-code"),
    ...protocol("5.6-credential-or-code"),
  ),
  cases(/^policy-enter-preauthorised/, ...roomPolicy("8.1.1-preauthorized-join", "4-every-claim")),
  cases(/^policy-group-info-/, ...protocol("5.6-credential-or-code")),
  cases(/^policy-fixed-/, ...roomPolicy("5-fixed-from-creation", "5-fixed-no-removal")),
  cases(/^policy-pending-removed/, ...protocol("5.3-removed-no-commits", "5.3-removed-only-leaves")),
  cases(/(rename|describe|avatar|subject|mood)(-proposed)?$/, ...roomPolicy("8.2-metadata")),
  cases(/^policy-.*-roles(-proposed)?$/, ...roomPolicy("8.6-role-definitions")),
  cases(/^policy-.*-preauthorisations(-proposed)?$/, ...roomPolicy("8.6-preauthorisations")),
  cases(/^policy-.*-base-policy(-proposed)?$/, ...roomPolicy("8.6-membership-style")),
  cases(/^policy-.*-re-init(-proposed)?$/, ...roomPolicy("8.6-re-init")),
  cases(
    /^policy-send/,
    ...roomPolicy("8.3-send", "8.3-who-enforces"),
    ...protocol("5.4-sender-is-participant"),
  ),
  cases(
    /^policy-message-(reply|react|edit-reaction|delete-(own|other)-reaction)/,
    ...roomPolicy("8.3-replies-and-reactions"),
  ),
  cases(
    /^policy-message-(edit-own|delete-own|delete-other)(-without)?$/,
    ...roomPolicy("8.3-edits-and-deletes"),
  ),
  cases(/^policy-message-.*topic/, ...roomPolicy("8.3-topics")),
  cases(/^policy-message-link/, ...roomPolicy("8.3-links")),
  cases(/^policy-message-(attachment|image|video|audio)/, ...roomPolicy("8.4-uploads")),
  cases(/^policy-act-can-download/, ...roomPolicy("8.4-downloads")),
  cases(/^policy-act-can-(start|join)-call/, ...roomPolicy("8.5-calls")),
  cases(/^policy-act-can-receive/, ...roomPolicy("8.3-receive")),
  cases(/^policy-act-can-destroy/, ...roomPolicy("8.6-destroy")),
  cases(/^policy-create(-by-stranger)?$/, "arch-4-hub-sets-state", ...protocol("3.1-room-begins-with-state")),
  refusal("one-change-per-user", ...protocol("7.5-one-change-per-user")),
  refusal("one-metadata-update", ...protocol("7.6-once-per-commit")),
  cases(/^policy-ban-(listed|other-role-1)$/, ...roomPolicy("8.1.3-banned-role")),
  cases(/^policy-hub-listed/, ...roomPolicy("4-servers-by-role")),
  refusal("banned-have-no-clients", ...roomPolicy("8.1.3-ban")),
  refusal("open-join-on-role-zero", ...roomPolicy("8.1.1-open-join-role-zero")),
  refusal("open-join-leads-somewhere", ...roomPolicy("8.1.1-open-join-transition")),
  refusal("fixed-membership-has-no-way-in", ...roomPolicy("5-fixed-no-add-capability")),
  refusal("one-link-on-request", ...roomPolicy("6.2-on-request-one")),
  cases(/^policy-create-(within|outside)-envelope$/, "arch-4.4-envelope"),
  refusal("hyperlinks-not-required", ...roomPolicy("6.3-autodetect-not-mandatory")),
  refusal("preview-proxy-named", ...roomPolicy("6.3-proxy-named")),
  refusal("logging-client-named", ...roomPolicy("6.5-required-has-client")),
  refusal("one-logger-per-provider", ...roomPolicy("6.5-one-per-provider")),
  cases(/^policy-identifier-/, ...protocol("7.5-one-identifier")),
  refusal("hub-assets-one-provider", ...roomPolicy("6.4-hub-domain-only")),
  refusal("history-shared-by-active-roles", ...roomPolicy("6.6-never-these")),
  refusal("bot-role", ...roomPolicy("6.7-local-bot")),
  refusal("policies-are-listed", ...roomPolicy("5-components-listed")),
  refusal("parent-room-named", ...roomPolicy("5-parent-named")),
  refusal("parent-on-same-hub", ...roomPolicy("5-parent-same-hub")),
  cases(/^policy-apart-roles/, ...roomPolicy("3-roles-not-with-list")),
  cases(/^policy-apart-preauthorisations/, ...roomPolicy("4-only-with-removals")),
  cases(/^policy-report/, ...roomPolicy("8.3-report")),
];

const providers = ["flow.hub", "flow.follower", "flow.requester", "flow.target"];
const run = (names: string, ...requirements: readonly string[]): Link => ({
  id: new RegExp(`^flow-(${names})-`),
  flags: ["Valid", "BadLinks"],
  requirements,
});

/** By the fault, and by what happens in a run. */
const flowLinks: readonly Link[] = [
  {
    operations: providers,
    flags: ["Valid", "BadLinks"],
    requirements: protocol(
      "4.1-providers-named",
      "4.1-host-names-target",
      "4.1-from-mimi",
      "5.1-directory-well-known",
    ),
  },
  flagged(providers, "From", ...protocol("4.1-providers-named", "4.1-host-names-target")),
  { operations: ["flow.follower"], requirements: protocol("5.5-no-answer-body", "5.5-welcome-with-tree") },
  {
    operations: ["flow.hub"],
    requirements: protocol(
      "3.1-room-begins-with-state",
      "4.2-application-private",
      "4.2-changes-as-proposals",
      "7.4-external-senders",
      "7.4-hub-listed",
      "7.5-one-role",
    ),
    flags: ["Valid"],
  },
  flagged(
    ["flow.client"],
    "Valid",
    ...protocol("5.4.1.3-integrity", "5.4.1.3-tag-and-uris", "7.5-one-role"),
    "arch-5.1-servers-are-external-senders",
  ),
  cases(
    /^flow-.*-submit-message-handshake$/,
    ...protocol("5.4-private-application", "4.2-application-private"),
  ),
  cases(
    /^flow-.*-submit-message-by-stranger$/,
    ...protocol("5.4-sender-is-participant"),
    "arch-4.4-discards",
  ),
  cases(/^flow-changes-refused-a-example/, "arch-4.4-discards"),
  cases(/^flow-.*-group-info-/, ...protocol("5.6-proves-identity", "5.6-not-authorized")),
  cases(
    /^flow-.*-message-(other-time|forged-frank|other-frank|unfranked)$/,
    ...protocol("5.4.1.3-integrity", "5.4.1.3-tag-and-uris"),
  ),
  cases(/^flow-.*-update-late$/, ...protocol("5.3-wrong-epoch")),
  cases(/^flow-.*-key-material-forged$/, ...protocol("5.2-signed-request")),
  run(
    "hub-restart|hub-restart-lossy",
    ...protocol(
      "3.5-hub-keeps-leave",
      "5.3-success-will-be-sent",
      "5.5-success-is-promise",
      "5.4-accepted-will-be-sent",
    ),
  ),
  run("partial-key-material", ...protocol("5.2-partial-means-some")),
  run(
    "consent-refused|consent-revoked|consent-refused-lossy",
    ...protocol("5.2-no-consent", "5.7-request-entry", "5.7-update-entry"),
  ),
  run(
    "connection|unsolicited-grant|connection-repeated",
    ...protocol("5.7-update-entry", "5.7-grant-key-packages"),
  ),
  run("introduction-from-phone|number-changes-hands", "discovery-3-verifiable", "discovery-10-any-number"),
  run(
    "hub-ban",
    ...protocol("5.3-removed-no-messages", "5.5-proposals-again", "5.3-removed-with-clients"),
    ...roomPolicy("4-servers-by-role"),
  ),
  run("commit-race|commit-race-lost-answers|commit-race-reordered", ...protocol("5.3-wrong-epoch")),
  run("lost-device", ...protocol("5.5-own-messages-too")),
  run(
    "abuse-report",
    ...protocol(
      "5.9-own-frank",
      "5.9-recomputes",
      "5.9-own-signature",
      "5.4.1.2-franks-when-agent",
      "5.9-no-answer-body",
      "5.4.1.2-frank-construction",
    ),
  ),
  run("one-to-one", ...roomPolicy("5-fixed-no-removal", "5-fixed-from-creation")),
  run(
    "parent-room",
    ...roomPolicy("5-parent-removal", "5-parent-subset", "5-parent-same-hub", "5-parent-named"),
  ),
  run("open-join", ...roomPolicy("8.1.1-open-join")),
  run(
    "join-link|join-link-lost-answers",
    ...roomPolicy("8.1.1-join-code"),
    ...protocol("5.6-credential-or-code", "5.6-not-authorized", "5.6-encrypted-answer"),
  ),
  run("kick|kick-cut", ...roomPolicy("8.1.2-kick")),
  run("role-changes", ...roomPolicy("8.1.3-change-other"), ...protocol("5.3-not-allowed")),
  run(
    "ban-and-unban",
    ...roomPolicy("8.1.3-ban", "8.1.3-unban", "8.1.3-banned-role", "8.1.3-unban-from-banned"),
  ),
  run("moderated-room", ...roomPolicy("8.3-send")),
  run("room-destroyed", ...roomPolicy("8.6-destroy")),
  run("re-init", ...roomPolicy("8.6-re-init")),
  run(
    "self-remove|self-remove-reordered|witness.*",
    ...extensions("6.3.1-by-reference", "6.3.1-public", "6.3.1-needs-path"),
    ...protocol("3.5-remove-in-one-commit"),
  ),
  run(
    "asset-download",
    ...protocol("5.10-https-url", "5.10-asset-domains", "5.10.2-no-open-proxy", "5.10.3-known-targets"),
  ),
  run(
    "minimal-metadata",
    ...protocol("6.1-pseudonym-shape", "6.1-all-leaves", "6.1-one-pseudonym", "6.1-list-has-pseudonym"),
  ),
  run(
    "exhausted-key-packages|partial-key-material",
    ...extensions("6.4.2-marked-without-data"),
    ...protocol("4.3.1-key-package-capabilities"),
  ),
];

const links: readonly Link[] = [
  ...codecLinks,
  ...contentLinks,
  ...searchLinks,
  ...cryptoLinks,
  ...policyLinks,
  ...flowLinks,
];

/** Every id that a link names, for those who check that they exist. */
export const linkedIds: readonly string[] = [...new Set(links.flatMap(({ requirements }) => requirements))];
