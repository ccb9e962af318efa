/** What clients do with messages, links, history and bots. room-policy-04 §6.1, §6.3 and §6.6 to §6.8 */
import type { VectorGroup } from "../../format/case.ts";
import type { Act, ConductPolicy } from "../../format/conduct.ts";
import { choiceGroup, conductGroup, type ExpectedAct } from "./conduct-group.ts";

export function conductGroups(): VectorGroup[] {
  return [notifications(), reports(), links(), history(), bots(), expiry()];
}

const rules = ["forbidden", "optional", "required"] as const;
type Rule = (typeof rules)[number];
const roomPolicy = (...ids: readonly string[]) => ids.map((id) => `room-policy-${id}`);

/** Every setting against sending and leaving; the other setting is the opposite one. */
function notifications(): VectorGroup {
  const room = (kind: "delivery" | "read", rule: Rule, other: Rule = "optional"): ConductPolicy => ({
    statusNotifications:
      kind === "delivery"
        ? { deliveryNotifications: rule, readReceipts: other }
        : { deliveryNotifications: other, readReceipts: rule },
  });
  const opposite = { forbidden: "required", optional: "optional", required: "forbidden" } as const;
  const kinds = ["delivery", "read"] as const;
  const tests = kinds.flatMap((kind) =>
    rules.flatMap((rule) =>
      [true, false].map((done): ExpectedAct => {
        const id = `conduct-${kind}-${rule}-${done ? "sent" : "left"}`;
        const wrong = rule === (done ? "forbidden" : "required");
        const parent = `conduct-${kind}-optional-${done ? "sent" : "left"}`;
        const path = `policy.statusNotifications.${kind === "delivery" ? "deliveryNotifications" : "readReceipts"}`;
        return {
          id,
          comment: `${kind} notifications are ${rule}, and one is ${done ? "sent" : "not sent"}`,
          policy: room(kind, rule, opposite[rule]),
          act: { does: "notify", kind, done },
          requirements: roomPolicy(kind === "delivery" ? "6.1-delivery-notifications" : "6.1-read-receipts"),
          ...(wrong ? { refused: { parent, path, op: `they are ${rule}` } } : {}),
        };
      }),
    ),
  );
  return conductGroup("Delivery notifications and read receipts", room("delivery", "optional"), tests);
}

/** The room's policy first, then what the user likes. message-status-01 §3 */
function reports(): VectorGroup {
  return choiceGroup(
    "Whether a client sends a read receipt",
    rules.flatMap((rule) =>
      [true, false].map((userLikes) => ({
        id: `choose-read-${rule}-${userLikes ? "liked" : "disliked"}`,
        comment: `read receipts are ${rule}, and the user ${userLikes ? "likes" : "does not like"} to send them`,
        policy: { statusNotifications: { deliveryNotifications: "optional", readReceipts: rule } },
        question: { asks: "notify", kind: "read", userLikes },
        choice: rule === "optional" ? userLikes : rule === "required",
        requirements: ["message-status-3-policy"],
      })),
    ),
  );
}

type LinkRules = NonNullable<ConductPolicy["linkPreview"]>;

function links(): VectorGroup {
  const free = {
    autodetectHyperlinksInText: "optional",
    sendLinkPreviews: "optional",
    automaticLinkPreviews: "optional",
    linkPreviewProxyUse: "optional",
    linkPreviewProxy: [{ uri: "https://proxy.a.example" }],
  } as const satisfies LinkRules;
  const { linkPreviewProxy: _, ...unproxied } = free;
  const withRules = (changes: Partial<LinkRules>): ConductPolicy => ({
    linkPreview: { ...free, ...changes } as LinkRules,
  });
  const noProxy: ConductPolicy = { linkPreview: { ...unproxied, linkPreviewProxyUse: "forbidden" } };
  const settings = {
    detectLinks: ["autodetectHyperlinksInText", "6.3-autodetect-not-mandatory"],
    sendPreview: ["sendLinkPreviews", "6.3-sent-previews"],
    makePreview: ["automaticLinkPreviews", "6.3-automatic-previews"],
  } as const;
  const slug = { detectLinks: "links-detect", sendPreview: "links-send", makePreview: "links-make" } as const;
  const acts = ["detectLinks", "sendPreview", "makePreview"] as const;
  const bySetting = acts.flatMap((does) =>
    [true, false].flatMap((done): ExpectedAct[] => {
      const [setting, requirement] = settings[does];
      const wrong: Rule = done ? "forbidden" : "required";
      const right: Rule = done ? "required" : "forbidden";
      const parent = `conduct-${slug[does]}-${done ? "done" : "left"}`;
      const common = { act: { does, done }, requirements: roomPolicy(requirement) };
      const allowed = { ...common, id: parent, comment: `${setting} is optional` };
      // Detecting links is never required, so there is no such policy to be right or wrong by.
      if (does === "detectLinks" && !done) return [allowed];
      return [
        allowed,
        {
          ...common,
          id: `${parent}-${wrong}`,
          comment: `${setting} is ${wrong}, and the others are not`,
          policy: withRules({ [setting]: wrong }),
          refused: { parent, path: `policy.linkPreview.${setting}`, op: `it is ${wrong}` },
        },
        ...(does === "detectLinks"
          ? []
          : [
              {
                ...common,
                id: `${parent}-${right}`,
                comment: `${setting} is ${right}`,
                policy: withRules({ [setting]: right }),
              },
            ]),
      ];
    }),
  );
  const proxied = (["sendPreview", "makePreview"] as const).flatMap((does): ExpectedAct[] => {
    const act = (throughProxy: boolean): Act => ({ does, done: true, throughProxy });
    const id = `conduct-${slug[does]}`;
    const requirements = roomPolicy("6.3-proxy-use");
    const required = withRules({ linkPreviewProxyUse: "required" });
    return [
      {
        id: `${id}-proxy`,
        comment: "through the proxy, as is required",
        policy: required,
        act: act(true),
        requirements,
      },
      {
        id: `${id}-no-proxy`,
        comment: "straight, where the proxy is required",
        policy: required,
        act: act(false),
        requirements,
        refused: { parent: `${id}-proxy`, path: "act.throughProxy", op: "not through the proxy" },
      },
      {
        id: `${id}-straight`,
        comment: "straight, where there is no proxy",
        policy: noProxy,
        act: act(false),
        requirements,
      },
      {
        id: `${id}-forbidden-proxy`,
        comment: "through a proxy, where none is to be used",
        policy: noProxy,
        act: act(true),
        requirements,
        refused: { parent: `${id}-straight`, path: "act.throughProxy", op: "through a proxy" },
      },
    ];
  });
  return conductGroup("Links and their previews", { linkPreview: free }, [...bySetting, ...proxied]);
}

function history(): VectorGroup {
  const base = {
    historySharing: "optional",
    rolesThatCanShare: [3],
    automaticallyShare: false,
    maxTimePeriod: 60,
  } as const;
  const shares = { does: "shareHistory", role: 3, automatically: false, age: 60 } as const;
  const automatic = { history: { ...base, automaticallyShare: true } } as const;
  const parent = "conduct-history";
  const wrong = (
    slug: string,
    requirement: string,
    path: string,
    op: string,
    change: Partial<Pick<ExpectedAct, "policy" | "act">>,
  ): ExpectedAct => ({
    id: `${parent}-${slug}`,
    comment: op,
    act: shares,
    ...change,
    requirements: roomPolicy(requirement),
    refused: { parent, path, op },
  });
  return conductGroup(
    "Role 3 may share the last minute with newcomers, when it is asked to",
    { history: base },
    [
      {
        id: parent,
        comment: "it shares what is a minute old",
        act: shares,
        requirements: roomPolicy("6.6-roles-that-share", "6.6-period"),
      },
      {
        id: `${parent}-automatic`,
        comment: "it shares without being asked, where that is set",
        policy: automatic,
        act: { ...shares, automatically: true },
        requirements: roomPolicy("6.6-automatically"),
      },
      wrong("other-role", "6.6-roles-that-share", "act.role", "another role shares", {
        act: { ...shares, role: 4 },
      }),
      wrong("too-old", "6.6-period", "act.age", "a second more", { act: { ...shares, age: 61 } }),
      wrong("unasked", "6.6-automatically", "act.automatically", "nobody has asked", {
        act: { ...shares, automatically: true },
      }),
      wrong("forbidden", "6.6-roles-that-share", "policy.history", "sharing is forbidden", {
        policy: { history: { historySharing: "forbidden" } },
      }),
      {
        ...wrong("no-policy", "6.6-roles-that-share", "policy.history", "the room has no such policy", {
          policy: {},
        }),
        level: "SHOULD",
      },
    ],
  );
}

function bots(): VectorGroup {
  const bot = { description: "", homepage: { uri: "https://a.example/bots" } };
  const dealer = {
    ...bot,
    name: "dealer",
    localClientBot: false,
    botRoleIndex: 2,
    canTargetMessageInGroup: true,
    perUserContent: true,
  };
  const only = (change: Partial<typeof dealer>): ConductPolicy => ({
    bots: { allowedBots: [{ ...dealer, ...change }] },
  });
  const part = { does: "botTakesPart", bot: "dealer", role: 2 } as const;
  const target = { does: "botTargetsMessage", bot: "dealer" } as const;
  const varied = { does: "botSendsPerUserContent", bot: "dealer" } as const;
  const right = (slug: string, requirement: string, comment: string, act: Act): ExpectedAct => ({
    id: `conduct-bot-${slug}`,
    comment,
    act,
    requirements: roomPolicy(requirement),
  });
  const wrong = (
    parent: string,
    slug: string,
    requirement: string,
    path: string,
    op: string,
    change: { readonly act: Act; readonly policy?: ConductPolicy },
  ): ExpectedAct => ({
    id: `conduct-bot-${slug}`,
    comment: op,
    ...change,
    requirements: roomPolicy(requirement),
    refused: { parent: `conduct-bot-${parent}`, path, op },
  });
  const stranger = (act: Act): Act => ({ ...act, bot: "stranger" }) as Act;
  return conductGroup(
    "The dealer has role 2, and may write to some only, and to each something else",
    only({}),
    [
      right("role", "6.7-bot-role", "the dealer takes part with its role", part),
      right("target", "6.7-targeted", "the dealer writes to one user", target),
      right("per-user", "6.7-per-user", "the dealer writes something else to each", varied),
      wrong("role", "other-role", "6.7-bot-role", "act.role", "with another role", {
        act: { ...part, role: 3 },
      }),
      wrong("role", "stranger", "6.7-bot-role", "act.bot", "a bot that is not listed", {
        act: stranger(part),
      }),
      wrong(
        "role",
        "local",
        "6.7-bot-role",
        "policy.bots",
        "a bot that lives in a member's client has no part of its own",
        {
          act: { ...part, role: 0 },
          policy: only({ localClientBot: true, botRoleIndex: 0 }),
        },
      ),
      wrong("target", "no-target", "6.7-targeted", "policy.bots", "it may not write to some only", {
        act: target,
        policy: only({ canTargetMessageInGroup: false }),
      }),
      wrong("target", "target-by-stranger", "6.7-targeted", "act.bot", "a bot that is not listed", {
        act: stranger(target),
      }),
      wrong("per-user", "no-per-user", "6.7-per-user", "policy.bots", "it has to write the same to all", {
        act: varied,
        policy: only({ perUserContent: false }),
      }),
      wrong("per-user", "per-user-by-stranger", "6.7-per-user", "act.bot", "a bot that is not listed", {
        act: stranger(varied),
      }),
    ],
  );
}

function expiry(): VectorGroup {
  const bounds = {
    minExpirationDuration: 60,
    maxExpirationDuration: 90,
    defaultExpirationDuration: undefined,
  };
  const room = (expiringMessages: "optional" | "required"): ConductPolicy => ({
    expiration: { expiringMessages, ...bounds },
  });
  const forbidden: ConductPolicy = { expiration: { expiringMessages: "forbidden" } };
  const after = (expiresAfter: number): Act => ({ does: "sendMessage", expiresAfter });
  const never: Act = { does: "sendMessage" };
  const [setting, within] = [roomPolicy("6.8-expiry-setting"), roomPolicy("6.8-bounds")];
  const refused = (parent: string, path: string, op: string) => ({
    parent: `conduct-expiry-${parent}`,
    path,
    op,
  });
  const id = (slug: string) => `conduct-expiry-${slug}`;
  const outside = (rule: "optional" | "required"): ExpectedAct[] => [
    {
      id: id(`${rule}-least`),
      comment: "the shortest time",
      policy: room(rule),
      act: after(60),
      requirements: within,
    },
    {
      id: id(`${rule}-most`),
      comment: "the longest time",
      policy: room(rule),
      act: after(90),
      requirements: within,
    },
    {
      id: id(`${rule}-below`),
      comment: "a second less",
      policy: room(rule),
      act: after(59),
      requirements: within,
      refused: refused(`${rule}-least`, "act.expiresAfter", "below the minimum"),
    },
    {
      id: id(`${rule}-above`),
      comment: "a second more",
      policy: room(rule),
      act: after(91),
      requirements: within,
      refused: refused(`${rule}-most`, "act.expiresAfter", "above the maximum"),
    },
  ];
  return conductGroup("Messages may expire after 60 to 90 seconds", room("optional"), [
    {
      id: id("never"),
      comment: "a message stays, where expiry is optional",
      act: never,
      requirements: setting,
    },
    {
      id: id("none"),
      comment: "a message stays, where expiry is forbidden",
      policy: forbidden,
      act: never,
      requirements: setting,
    },
    ...outside("optional"),
    ...outside("required"),
    {
      id: id("forbidden"),
      comment: "a message expires, where that is forbidden",
      policy: forbidden,
      act: after(60),
      requirements: setting,
      refused: refused("optional-least", "policy.expiration", "messages do not expire"),
    },
    {
      id: id("required"),
      comment: "a message stays, where every one has to expire",
      policy: room("required"),
      act: never,
      requirements: setting,
      refused: refused("never", "policy.expiration", "every message has to expire"),
    },
  ]);
}
