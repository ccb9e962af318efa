/** New rooms that their hub does not take, because their policies are none that a room can have. room-policy-04 §3 to §7 */
import { utf8 } from "../../spec-model/bytes.ts";
import {
  AssetPolicy,
  BotPolicy,
  componentIds,
  HistoryPolicy,
  JoinLinkPolicy,
  JoinLinksData,
  LinkPreviewPolicy,
  LoggingPolicy,
  MessageExpiration,
  nothingOfMls,
  PreAuthData,
  RoleData,
} from "../../spec-model/room/structures/index.ts";
import { chapter, ending, finds, noticed, type RoomSetup, room, scenario } from "../scenario/index.ts";
import { a1, acquaintance, serverA, serverB } from "./cast.ts";
import { baseRules, operationalPolicy, plainRole } from "./setups.ts";

type Role = RoleData["roles"][number];

const nobody = plainRole(0, []);
const member = plainRole(2, ["canSendMessage", "canReceiveMessage"]);

/** A room with these roles, these basic rules and one component besides, which the basic rules list. */
function setup(
  roles: readonly Role[],
  rules: Parameters<typeof baseRules>[0] = {},
  ...others: NonNullable<RoomSetup["components"]>
): RoomSetup {
  const listed = { policyComponentIds: [componentIds.roles_list, ...others.map(([id]) => id)] };
  return {
    creatorRole: 2,
    components: [
      [componentIds.roles_list, RoleData.encode({ roles: [...roles] })],
      [componentIds.base_room_policy, baseRules({ ...listed, ...rules })],
      ...others,
    ],
  };
}

const usual = [nobody, member];
const withComponent = (id: number, data: Uint8Array) => setup(usual, {}, [id, data]);

const operational = (changes: Parameters<typeof operationalPolicy>[0]) =>
  withComponent(componentIds.mls_operational_policy, operationalPolicy(changes));
function assets(changes: Partial<AssetPolicy>): RoomSetup {
  const policy = AssetPolicy.encode({
    assetUploadLocation: "localProvider",
    uploadDomains: [],
    downloadPrivacy: {
      allowedDownloadTypes: ["ohttp"],
      forbiddenDownloadTypes: ["direct"],
      defaultDownloadType: "ohttp",
    },
    maxImage: 10n,
    maxAudio: 10n,
    maxVideo: 10n,
    maxAttachment: 10n,
    forbiddenMediaTypes: [],
    permittedMediaTypes: undefined,
    ...changes,
  });
  return withComponent(componentIds.asset_policy, policy);
}
const links = (changes: Partial<Extract<LinkPreviewPolicy, { linkPreviewProxyUse: "required" }>>) =>
  withComponent(
    componentIds.link_preview_policy,
    LinkPreviewPolicy.encode({
      autodetectHyperlinksInText: "optional",
      sendLinkPreviews: "optional",
      automaticLinkPreviews: "optional",
      linkPreviewProxyUse: "required",
      linkPreviewProxy: [{ uri: "https://proxy.example" }],
      ...changes,
    }),
  );
const logging = (...clients: readonly string[]) =>
  withComponent(
    componentIds.logging_policy,
    LoggingPolicy.encode({
      logging: "required",
      loggingClients: clients.map((uri) => ({ uri })),
      machineReadablePolicy: { uri: "" },
      humanReadablePolicy: { uri: "" },
    }),
  );
const at = (name: string, provider: string) => ({
  provider: { domain: provider },
  assetUploadDestinations: [{ domain: name }],
});

/** By the rule that each breaks. */
const refused: Readonly<Record<string, RoomSetup>> = {
  "creator-is-participant": { ...setup(usual), creatorRole: 0 },
  "role-is-defined": { ...setup(usual), creatorRole: 7 },
  "role-indices-distinct": setup([nobody, member, member]),
  "role-limits-ordered": setup([
    nobody,
    { ...member, minimumParticipantsConstraint: 3, maximumParticipantsConstraint: 2 },
  ]),
  "open-join-on-role-zero": setup([nobody, { ...member, roleCapabilities: ["canOpenJoin"] }]),
  "open-join-leads-somewhere": setup([{ ...nobody, roleCapabilities: ["canOpenJoin"] }, member]),
  "fixed-membership-has-no-way-in": setup([nobody, { ...member, roleCapabilities: ["canAddParticipant"] }], {
    fixedMembership: true,
  }),
  "parent-room-named": setup(usual, { parentDependant: true }),
  "parent-on-same-hub": setup(usual, {
    parentDependant: true,
    parentRoom: [{ uri: "mimi://b.example/r/company" }],
  }),
  "preauthorised-role-is-defined": withComponent(
    componentIds.preauth_list,
    PreAuthData.encode({ preauthorizedEntries: [{ claimset: [], targetRole: plainRole(9, []) }] }),
  ),
  "history-shared-by-active-roles": withComponent(
    componentIds.chat_history_policy,
    HistoryPolicy.encode({
      historySharing: "optional",
      rolesThatCanShare: [0],
      automaticallyShare: false,
      maxTimePeriod: 60,
    }),
  ),
  "bot-role": withComponent(
    componentIds.bot_policy,
    BotPolicy.encode({
      allowedBots: [
        {
          name: "echo",
          description: "",
          homepage: { uri: "" },
          localClientBot: true,
          botRoleIndex: 2,
          canTargetMessageInGroup: false,
          perUserContent: false,
        },
      ],
    }),
  ),
  "hyperlinks-not-required": links({ autodetectHyperlinksInText: "required" }),
  "preview-proxy-named": links({ linkPreviewProxy: [] }),
  "hub-assets-one-provider": assets({
    assetUploadLocation: "hub",
    uploadDomains: [at("assets.b.example", "b.example")],
  }),
  "download-default-allowed": assets({
    downloadPrivacy: {
      allowedDownloadTypes: ["ohttp"],
      forbiddenDownloadTypes: ["direct"],
      defaultDownloadType: "direct",
    },
  }),
  "logging-client-named": logging(),
  "one-logger-per-provider": logging("mimi://a.example/d/log/1", "mimi://a.example/d/log/2"),
  "expiry-bounds-ordered": withComponent(
    componentIds.message_expiration_policy,
    MessageExpiration.encode({
      expiringMessages: "optional",
      minExpirationDuration: 20,
      maxExpirationDuration: 10,
      defaultExpirationDuration: undefined,
    }),
  ),
  "one-link-on-request": setup(
    usual,
    {},
    [
      componentIds.join_link_policy,
      JoinLinkPolicy.encode({ onRequest: true, joinLink: utf8("ask"), multiuser: false, expiration: 60 }),
    ],
    [componentIds.join_links, JoinLinksData.encode([{ joinLink: utf8("1") }, { joinLink: utf8("2") }])],
  ),
  "times-ordered": operational({
    LeafNodeUpdateTime: { minimumTime: 30n, defaultTime: 20n, maximumTime: 10n },
  }),
  "required-not-forbidden": operational({
    mandatoryCapabilities: { ...nothingOfMls, cipherSuites: [1] },
    forbiddenCapabilities: { ...nothingOfMls, cipherSuites: [1] },
  }),
  "policies-are-listed": setup(usual, { policyComponentIds: [componentIds.roles_list] }, [
    componentIds.bot_policy,
    BotPolicy.encode({ allowedBots: [] }),
  ]),
  "max-users": { ...setup(usual, { maxUsers: 0 }) },
};

export default scenario(
  "rooms-refused",
  "Alice creates rooms with policies that contradict themselves, and her provider takes none of them",
  { providers: [serverA, serverB], clients: [a1] },
  acquaintance(serverA, serverB),
  ...Object.entries(refused).map(([rule, each]) =>
    chapter(`A room against ${rule}`, "room-policy-04 §3 to §7", a1.creates(room(rule, serverA), each)),
  ),
  ending(
    ...Object.keys(refused).map((rule) => finds(a1, room(rule, serverA), "outside")),
    noticed(...Object.keys(refused)),
  ),
);
