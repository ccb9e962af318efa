import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hex, utf8 } from "../../../../spec-model/bytes.ts";
import { dictionaryExtension, type GroupContext } from "../../../../spec-model/mls/index.ts";
import { decideContents } from "../../../../spec-model/room/components/contents.ts";
import { linkChanges, updatedLinks } from "../../../../spec-model/room/components/join-links.ts";
import {
  examplePolicies,
  policyAfter,
  policyIn,
  type RoomPolicy,
  rolesOf,
  roomComponentLogic,
} from "../../../../spec-model/room/index.ts";
import {
  AssetPolicy,
  BaseRoomPolicy,
  BotPolicy,
  componentIds,
  HistoryPolicy,
  JoinLinkPolicy,
  JoinLinksData,
  JoinLinksUpdate,
  LinkPreviewPolicy,
  LoggingPolicy,
  MessageExpiration,
  PreAuthData,
  plainBaseRoomPolicy,
  RoleData,
  StatusNotificationPolicy,
} from "../../../../spec-model/room/structures/index.ts";
import { verdict } from "../policy/rooms.ts";
import { operational, operationalOctets } from "./operational-example.ts";

const cooperative = examplePolicies.cooperative.roles;
const entry = cooperative.roles[2];
const credentialClaim = { credentialType: "x509" as const, id: utf8("id") };
const sizes = { maxImage: 1n, maxAudio: 2n, maxVideo: 3n, maxAttachment: 2n ** 64n - 1n };
const privacy = {
  allowedDownloadTypes: ["direct" as const, "ohttp" as const],
  forbiddenDownloadTypes: ["hubProxy" as const],
  defaultDownloadType: "ohttp" as const,
};
const assets: AssetPolicy = {
  assetUploadLocation: "unspecified",
  uploadDomains: [],
  downloadPrivacy: privacy,
  ...sizes,
  forbiddenMediaTypes: [],
  permittedMediaTypes: undefined,
};

/** One value of each policy component, as it lies in a GroupContext. */
const dictionary = new Map<number, Uint8Array>([
  [componentIds.roles_list, RoleData.encode(cooperative)],
  [
    componentIds.preauth_list,
    PreAuthData.encode({
      preauthorizedEntries:
        entry === undefined
          ? []
          : [{ claimset: [{ claimId: credentialClaim, claimValue: utf8("value") }], targetRole: entry }],
    }),
  ],
  [
    componentIds.base_room_policy,
    BaseRoomPolicy.encode({
      ...plainBaseRoomPolicy({ maxUsers: 7 }),
      parentRoom: [],
      policyComponentIds: [],
    }),
  ],
  [componentIds.mls_operational_policy, operationalOctets()],
  [
    componentIds.status_notification_policy,
    StatusNotificationPolicy.encode({ deliveryNotifications: "forbidden", readReceipts: "optional" }),
  ],
  [
    componentIds.join_link_policy,
    JoinLinkPolicy.encode({ onRequest: false, joinLink: utf8("ask"), multiuser: true, expiration: 60 }),
  ],
  [componentIds.join_links, JoinLinksData.encode([{ joinLink: utf8("one") }, { joinLink: utf8("two") }])],
  [
    componentIds.link_preview_policy,
    LinkPreviewPolicy.encode({
      autodetectHyperlinksInText: "optional",
      sendLinkPreviews: "optional",
      automaticLinkPreviews: "forbidden",
      linkPreviewProxyUse: "forbidden",
    }),
  ],
  [componentIds.asset_policy, AssetPolicy.encode(assets)],
  [componentIds.logging_policy, LoggingPolicy.encode({ logging: "forbidden" })],
  [componentIds.chat_history_policy, HistoryPolicy.encode({ historySharing: "forbidden" })],
  [componentIds.bot_policy, BotPolicy.encode({ allowedBots: [] })],
  [componentIds.message_expiration_policy, MessageExpiration.encode({ expiringMessages: "forbidden" })],
]);

const contextWith = (entries: ReadonlyMap<number, Uint8Array>) =>
  ({ extensions: [dictionaryExtension(entries)] }) as unknown as GroupContext;

describe("a room's policy, read from its GroupContext", () => {
  const policy = policyIn(contextWith(dictionary));

  it("has every policy component, as plain data", () => {
    expect(JSON.parse(JSON.stringify(policy))).toMatchObject({
      roles: JSON.parse(JSON.stringify(rolesOf(cooperative))),
      preauthorized: [
        {
          claims: [{ credentialType: "x509", id: hex(utf8("id")), value: hex(utf8("value")) }],
          role: { index: 2, name: "ordinary_user" },
        },
      ],
      base: { maxUsers: 7, multiDevice: true },
      operational: { externalCommitAllowed: true, appMessagePolicy: { epochTolerance: 1 } },
      statusNotifications: { deliveryNotifications: "forbidden" },
      joinLinkPolicy: { joinLink: hex(utf8("ask")), expiration: 60 },
      joinLinks: [hex(utf8("one")), hex(utf8("two"))],
      linkPreview: { automaticLinkPreviews: "forbidden" },
      assets: { maxImage: 1, maxAttachment: Number.MAX_SAFE_INTEGER },
      logging: { logging: "forbidden" },
      history: { historySharing: "forbidden" },
      bots: { allowedBots: [] },
      expiration: { expiringMessages: "forbidden" },
    });
    expect(policy.components).toEqual([...dictionary.keys()].sort((a, b) => a - b));
  });

  it("loses what is removed, component by component, and nothing else", () => {
    for (const component of dictionary.keys()) {
      if (component === componentIds.roles_list || component === componentIds.base_room_policy) continue;
      const less = new Map([...dictionary].filter(([id]) => id !== component));
      const removed = policyAfter(policy, [{ kind: "changeComponent", component, op: "remove" }]);
      expect(removed).toEqual(policyIn(contextWith(less)));
    }
  });

  it("is refused without roles", () => {
    expect(() => policyIn(contextWith(new Map()))).toThrow("no roles");
  });
});

describe("an update of a component", () => {
  const apply = (component: number, update: Uint8Array, current = dictionary.get(component)) =>
    roomComponentLogic.get(component)?.(current, [update], []);

  it("replaces it by an equal value, for every policy", () => {
    for (const [component, data] of dictionary) {
      if (component === componentIds.join_links) continue;
      expect(apply(component, data)).toEqual(data);
    }
  });

  it("is refused for other octets, and twice in a commit", () => {
    for (const [component, data] of dictionary) {
      expect(apply(component, utf8("?!?!"))).toHaveProperty("refused");
      if (component !== componentIds.join_links) {
        expect(roomComponentLogic.get(component)?.(data, [data, data], [])).toMatchObject({
          refused: expect.stringContaining("more than once"),
        });
      }
    }
  });

  it("introduces a franking agent and replaces none", () => {
    const logic = roomComponentLogic.get(componentIds.franking_signature_key);
    expect(logic?.(utf8("agent"), [utf8("another")], [])).toEqual({
      refused: "there is a franking agent already",
    });
  });

  it("is refused for contents that break a rule of their own", () => {
    const twoRoles = RoleData.encode({ roles: [...cooperative.roles, ...cooperative.roles.slice(2, 3)] });
    expect(apply(componentIds.roles_list, twoRoles)).toEqual({
      refused: "role-indices-distinct: there are two roles 2",
    });
  });
});

describe("the contents of a policy", () => {
  const proxied = { linkPreviewProxyUse: "required" as const };
  const previews = { sendLinkPreviews: "optional" as const, automaticLinkPreviews: "optional" as const };
  const loggers = (...uris: readonly string[]) => ({
    logging: "required" as const,
    loggingClients: uris.map((uri) => ({ uri })),
    machineReadablePolicy: { uri: "" },
    humanReadablePolicy: { uri: "" },
  });
  const expiring = (minimum: number, usual: number | undefined, maximum: number) => ({
    expiringMessages: "optional" as const,
    minExpirationDuration: minimum,
    maxExpirationDuration: maximum,
    defaultExpirationDuration: usual,
  });
  const plainAssets = policyIn(contextWith(dictionary)).assets;
  const withAssets = (changes: Partial<NonNullable<RoomPolicy["assets"]>>): Partial<RoomPolicy> =>
    plainAssets === undefined ? {} : { assets: { ...plainAssets, ...changes } };
  const limited = (changes: Partial<RoomPolicy["roles"][number]>) => ({
    roles: rolesOf(cooperative).map((each) => ({ ...each, ...changes })),
  });

  it.each<[string, Partial<RoomPolicy>, string]>([
    [
      "a minimum above its maximum",
      limited({ minimumParticipants: 3, maximumParticipants: 2 }),
      "role-limits-ordered",
    ],
    [
      "an active minimum above its maximum",
      limited({ minimumActiveParticipants: 1, maximumActiveParticipants: 0 }),
      "role-limits-ordered",
    ],
    ["a minimum at its maximum", limited({ minimumParticipants: 2, maximumParticipants: 2 }), "allowed"],
    [
      "links that have to be detected",
      {
        linkPreview: {
          ...previews,
          autodetectHyperlinksInText: "required",
          linkPreviewProxyUse: "forbidden",
        },
      },
      "hyperlinks-not-required",
    ],
    [
      "a proxy that is not there",
      {
        linkPreview: {
          ...previews,
          ...proxied,
          autodetectHyperlinksInText: "optional",
          linkPreviewProxy: [],
        },
      },
      "preview-proxy-named",
    ],
    [
      "a proxy that is there",
      {
        linkPreview: {
          ...previews,
          ...proxied,
          autodetectHyperlinksInText: "optional",
          linkPreviewProxy: [{ uri: "https://proxy.example" }],
        },
      },
      "allowed",
    ],
    ["logging without a logger", { logging: loggers() }, "logging-client-named"],
    ["one logger", { logging: loggers("mimi://a.example/d/log/1") }, "allowed"],
    [
      "two loggers of one provider",
      { logging: loggers("mimi://a.example/d/log/1", "mimi://a.example/d/log/2") },
      "one-logger-per-provider",
    ],
    [
      "loggers of two providers",
      { logging: loggers("mimi://a.example/d/log/1", "mimi://b.example/d/log/1") },
      "allowed",
    ],
    ["an expiry's default below its minimum", { expiration: expiring(60, 59, 90) }, "expiry-bounds-ordered"],
    [
      "an expiry's maximum below its minimum",
      { expiration: expiring(60, undefined, 59) },
      "expiry-bounds-ordered",
    ],
    ["an expiry's default at its bounds", { expiration: expiring(60, 60, 60) }, "allowed"],
    ["assets at the hub, of nobody", withAssets({ assetUploadLocation: "hub" }), "hub-assets-one-provider"],
    [
      "a default download that is forbidden",
      withAssets({ downloadPrivacy: { ...privacy, defaultDownloadType: "hubProxy" } }),
      "download-default-allowed",
    ],
    [
      "a default download that is allowed and forbidden",
      withAssets({ downloadPrivacy: { ...privacy, forbiddenDownloadTypes: ["ohttp"] } }),
      "download-default-allowed",
    ],
    [
      "times out of order",
      {
        operational: operational({ LeafNodeUpdateTime: { minimumTime: 2, defaultTime: 1, maximumTime: 3 } }),
      },
      "times-ordered",
    ],
    [
      "a delay that ends before it begins",
      {
        operational: operational({
          pendingProposalPolicy: {
            pendingProposalStrategy: "random_delay",
            minimumDelayMs: 2,
            maximumDelayMs: 1,
          },
        }),
      },
      "times-ordered",
    ],
    [
      "something mandatory and forbidden",
      {
        operational: operational({
          mandatoryCapabilities: { ...operational({}).mandatoryCapabilities, proposals: ["add"] },
          forbiddenCapabilities: { ...operational({}).forbiddenCapabilities, proposals: ["psk", "add"] },
        }),
      },
      "required-not-forbidden",
    ],
    ["an ordinary operational policy", { operational: operational({}) }, "allowed"],
  ])("with %s", (_, parts, expected) => {
    expect(verdict(decideContents(parts))).toBe(expected);
  });
});

describe("updates of the join links", () => {
  const links = JoinLinksData.encode(["a", "b", "c"].map((link) => ({ joinLink: utf8(link) })));
  const update = (removedIndices: number[], added: readonly string[]) =>
    JoinLinksUpdate.encode({ removedIndices, addedLinks: added.map((link) => ({ joinLink: utf8(link) })) });
  const names = (result: ReturnType<typeof updatedLinks>) =>
    result instanceof Uint8Array
      ? JoinLinksData.decode(result).map(({ joinLink }) => String.fromCharCode(...joinLink))
      : result.refused;

  it("take links out by their place before the commit, and append new ones", () => {
    expect(names(updatedLinks(links, [update([0, 2], ["d"])]))).toEqual(["b", "d"]);
    expect(names(updatedLinks(links, [update([0], ["d"]), update([1], ["e"])]))).toEqual(["c", "d", "e"]);
    expect(names(updatedLinks(undefined, [update([], ["d"])]))).toEqual(["d"]);
  });

  it.each([
    ["an index out of range", [update([3], [])], "index 3 in a list of 3"],
    ["a link taken out twice", [update([1], []), update([1], [])], "a link is changed twice"],
    ["a link put in twice", [update([], ["d", "d"])], "a link is changed twice"],
    ["a link that is there", [update([], ["b"])], "a link is in force already"],
  ])("are refused for %s", (_, updates, says) => {
    expect(names(updatedLinks(links, updates))).toBe(says);
  });

  it("give the same links as the policy that decisions are made on (any updates)", () => {
    const letters = fc.constantFrom("a", "b", "c", "d", "e", "f");
    const one = fc.tuple(fc.array(fc.nat(3), { maxLength: 2 }), fc.array(letters, { maxLength: 2 }));
    fc.assert(
      fc.property(fc.array(one, { maxLength: 3 }), (given) => {
        const updates = given.map(([removed, added]) => update(removed, added));
        const before = ["a", "b", "c"].map((letter) => hex(utf8(letter)));
        const applied = updatedLinks(links, updates);
        if (!(applied instanceof Uint8Array)) return;
        const changes = updates.map((each) => {
          const changed = linkChanges(before, each);
          if ("refused" in changed) throw new Error(changed.refused);
          return {
            kind: "changeComponent",
            component: componentIds.join_links,
            op: "update",
            links: changed,
          } as const;
        });
        const after = policyAfter({ roles: [], components: [], joinLinks: before }, changes);
        const names = JoinLinksData.decode(applied).map(({ joinLink }) => hex(joinLink));
        expect(after.joinLinks).toEqual(names);
      }),
    );
  });
});
