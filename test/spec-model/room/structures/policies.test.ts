/** The policy components, compared with octets written by hand. room-policy-04 §3 to §7 */
import { describe, expect, it } from "vitest";
import {
  AssetPolicy,
  BaseRoomPolicy,
  BotPolicy,
  HistoryPolicy,
  JoinLinkPolicy,
  JoinLinksData,
  JoinLinksUpdate,
  LinkPreviewPolicy,
  LoggingPolicy,
  MessageExpiration,
  OperationalParameters,
  PendingProposalPolicy,
  PreAuthData,
  RoleData,
  StatusNotificationPolicy,
} from "../../../../spec-model/room/structures/index.ts";
import type { Codec } from "../../../../spec-model/wire/index.ts";
import { octets, short, shortVector } from "../../octets.ts";

function hasOctets<T>(codec: Codec<T>, value: T, bytes: Uint8Array): void {
  expect(codec.encode(value)).toEqual(bytes);
  expect(codec.decode(bytes)).toEqual(value);
}

const banned = {
  roleIndex: 1,
  roleName: "banned",
  roleDescription: "",
  roleCapabilities: [],
  minimumParticipantsConstraint: 0,
  maximumParticipantsConstraint: undefined,
  minimumActiveParticipantsConstraint: 0,
  maximumActiveParticipantsConstraint: 0,
  authorizedRoleChanges: [],
};
const bannedOctets = octets("00000001", short("banned"), "00 00 00000000 00 00000000 01 00000000 00");

describe("roles", () => {
  it("have optional maxima with a presence octet", () => {
    hasOctets(RoleData, { roles: [banned] }, shortVector(bannedOctets));
  });

  it("have registered capabilities by name and others by number", () => {
    const role = {
      ...banned,
      roleCapabilities: ["canBan" as const, 0xf00d],
      authorizedRoleChanges: [{ fromRoleIndex: 0, targetRoleIndexes: [2, 3] }],
    };
    const bytes = octets(
      ...["00000001", short("banned"), "00", shortVector("000a f00d"), "00000000 00 00000000 01 00000000"],
      shortVector("00000000", shortVector("00000002 00000003")),
    );
    hasOctets(RoleData, { roles: [role] }, shortVector(bytes));
  });

  it("stand whole in preauthorisation", () => {
    const claim = {
      claimId: { credentialType: "x509" as const, id: octets("0603551d11") },
      claimValue: octets("aa"),
    };
    const entry = { claimset: [claim], targetRole: banned };
    const bytes = octets(shortVector("0002 05 0603551d11 01 aa"), bannedOctets);
    hasOctets(PreAuthData, { preauthorizedEntries: [entry] }, shortVector(bytes));
  });
});

describe("the base policy", () => {
  const policy = {
    fixedMembership: false,
    parentDependant: false,
    parentRoom: [],
    multiDevice: true,
    maxClients: undefined,
    maxUsers: 500,
    pseudonymsAllowed: false,
    persistentRoom: true,
    discoverable: false,
    policyComponentIds: [0x25, 0x26],
  };

  it("has no parent room in one octet", () => {
    hasOctets(BaseRoomPolicy, policy, octets("00 00 00 01 00 01 000001f4 00 01 00 04 0025 0026"));
  });

  it("has a parent room in a vector of URIs", () => {
    const dependant = { ...policy, parentDependant: true, parentRoom: [{ uri: "mimi://a.example/r/all" }] };
    const parent = shortVector(short("mimi://a.example/r/all"));
    const bytes = octets("00 01", parent, "01 00 01 000001f4 00 01 00 04 0025 0026");
    hasOctets(BaseRoomPolicy, dependant, bytes);
  });
});

describe("policies that are forbidden, optional or required", () => {
  it("status notifications are two octets", () => {
    const policy = { deliveryNotifications: "required", readReceipts: "forbidden" } as const;
    hasOctets(StatusNotificationPolicy, policy, octets("01 02"));
  });

  it("link previews name proxies unless they are forbidden", () => {
    const settings = {
      autodetectHyperlinksInText: "optional",
      sendLinkPreviews: "required",
      automaticLinkPreviews: "forbidden",
    } as const;
    const forbidden = { ...settings, linkPreviewProxyUse: "forbidden" } as const;
    hasOctets(LinkPreviewPolicy, forbidden, octets("00 01 02 02"));
    const linkPreviewProxy = [{ uri: "https://p.example" }];
    const required = { ...settings, linkPreviewProxyUse: "required", linkPreviewProxy } as const;
    hasOctets(LinkPreviewPolicy, required, octets("00 01 02 01", shortVector(short("https://p.example"))));
  });

  it("logging, history and expiry have no other fields where they are forbidden", () => {
    hasOctets(LoggingPolicy, { logging: "forbidden" }, octets("02"));
    hasOctets(HistoryPolicy, { historySharing: "forbidden" }, octets("02"));
    hasOctets(MessageExpiration, { expiringMessages: "forbidden" }, octets("02"));
  });

  it("logging names clients and both policies", () => {
    const policy = {
      logging: "optional",
      loggingClients: [{ uri: "mimi://a.example/d/log" }],
      machineReadablePolicy: { uri: "" },
      humanReadablePolicy: { uri: "https://a.example/log" },
    } as const;
    const clients = shortVector(short("mimi://a.example/d/log"));
    const bytes = octets("00", clients, "00", short("https://a.example/log"));
    expect(LoggingPolicy.decode(bytes)).toEqual(policy);
  });

  it("history names roles, and expiry three durations", () => {
    const rolesThatCanShare = [3];
    const history = {
      historySharing: "required",
      rolesThatCanShare,
      automaticallyShare: true,
      maxTimePeriod: 3600,
    } as const;
    hasOctets(HistoryPolicy, history, octets("01 04 00000003 01 00000e10"));
    const expiry = {
      expiringMessages: "optional",
      minExpirationDuration: 60,
      maxExpirationDuration: 600,
      defaultExpirationDuration: 120,
    } as const;
    hasOctets(MessageExpiration, expiry, octets("00 0000003c 00000258 01 00000078"));
  });
});

describe("join links", () => {
  it("have a policy with a place to ask for them", () => {
    const policy = { onRequest: true, joinLink: octets("6162"), multiuser: false, expiration: 60 };
    hasOctets(JoinLinkPolicy, policy, octets("01 02 6162 00 0000003c"));
  });

  it("are a vector, without a structure around it", () => {
    hasOctets(JoinLinksData, [{ joinLink: octets("61") }, { joinLink: octets("") }], octets("03 01 61 00"));
  });

  it("are removed by index and added at the end", () => {
    const update = { removedIndices: [1], addedLinks: [{ joinLink: octets("62") }] };
    hasOctets(JoinLinksUpdate, update, octets("04 00000001 02 01 62"));
  });
});

describe("other policies", () => {
  it("assets have an optional list of permitted media types", () => {
    const policy = {
      assetUploadLocation: "hub" as const,
      uploadDomains: [{ provider: { domain: "a.example" }, assetUploadDestinations: [] }],
      downloadPrivacy: {
        allowedDownloadTypes: ["hubProxy" as const, "ohttp" as const],
        forbiddenDownloadTypes: ["direct" as const],
        defaultDownloadType: "ohttp" as const,
      },
      maxImage: 1n,
      maxAudio: 2n,
      maxVideo: 3n,
      maxAttachment: 4n,
      forbiddenMediaTypes: [],
      permittedMediaTypes: [{ type: "image/png", parameters: [] }],
    };
    const bytes = octets(
      ...["02", shortVector(short("a.example"), "00"), "02 0102 01 00 02"],
      "0000000000000001 0000000000000002 0000000000000003 0000000000000004",
      ...["00 01", shortVector(short("image/png"), "00")],
    );
    hasOctets(AssetPolicy, policy, bytes);
    const open = { ...policy, permittedMediaTypes: undefined };
    hasOctets(AssetPolicy, open, octets(bytes.subarray(0, bytes.length - 13), "00"));
  });

  it("bots have their seven fields", () => {
    const bot = {
      name: "echo",
      description: "",
      homepage: { uri: "https://e.example" },
      localClientBot: true,
      botRoleIndex: 0,
      canTargetMessageInGroup: false,
      perUserContent: true,
    };
    const bytes = octets(short("echo"), "00", short("https://e.example"), "01 00000000 00 01");
    hasOctets(BotPolicy, { allowedBots: [bot] }, shortVector(bytes));
  });

  it("pending proposals have delays only where the strategy is random_delay", () => {
    hasOctets(PendingProposalPolicy, { pendingProposalStrategy: "immediate_commit" }, octets("01"));
    const delayed = {
      pendingProposalStrategy: "random_delay",
      minimumDelayMs: 1n,
      maximumDelayMs: 2n,
    } as const;
    hasOctets(PendingProposalPolicy, delayed, octets("02 0000000000000001 0000000000000002"));
    expect(() => PendingProposalPolicy.decode(octets("03 0000"))).toThrow("the value 3");
  });

  it("operational parameters have a fixed length around their lists", () => {
    const none = {
      versions: [],
      cipherSuites: [],
      extensions: [],
      proposals: [],
      credentials: [],
      wireFormats: [],
      componentIds: [],
      safeAadTypes: [],
      mediaTypes: [],
      contentTypes: [],
    };
    const times = { minimumTime: 0n, defaultTime: 0n, maximumTime: 0n };
    const parameters = {
      mandatoryCapabilities: { ...none, wireFormats: ["mls_public_message" as const] },
      defaultCapabilities: none,
      forbiddenCapabilities: none,
      handshakeFormats: ["mls_public_message" as const],
      externalProposalAllowed: true,
      externalCommitAllowed: true,
      pendingProposalPolicy: { pendingProposalStrategy: "unspecified" as const },
      LeafNodeUpdateTime: times,
      appMessagePolicy: { epochTolerance: 2, padToSize: 256, maxGenerationsSkipahead: 1000 },
      maxKpLifetime: 1n,
      maxCredentialLifetime: 2n,
      resumptionPskLifetime: 3n,
      senderNonceKeypairLifetime: times,
      maxKeypairs: 4,
      bufferIncomingMessageTime: times,
      maxBufferedMessages: 5,
    };
    const bytes = octets(
      ...["00 00 00 00 00 02 0001 00 00 00 00", "00".repeat(20), "02 0001 01 01 00", "00".repeat(24)],
      ...["02 0100 000003e8", "0000000000000001 0000000000000002 0000000000000003", "00".repeat(24)],
      ...["00000004", "00".repeat(24), "00000005"],
    );
    hasOctets(OperationalParameters, parameters, bytes);
  });
});
