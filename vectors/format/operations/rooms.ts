/** What `policy.decide` knows of a room, member by member. vectors/README.md, Rooms */
import {
  AssetPolicy,
  BaseRoomPolicy,
  BotPolicy,
  CapabilityType,
  HistoryPolicy,
  JoinLinkPolicy,
  LinkPreviewPolicy,
  LoggingPolicy,
  MessageExpiration,
  OperationalParameters,
  StatusNotificationPolicy,
} from "../../../spec-model/room/structures/index.ts";
import { plainSchema } from "../plain-schema.ts";
import { closed, flag, listOf, ref, type Schema, whole } from "./closed.ts";
import { bytes, text } from "./operation.ts";

const claims = listOf(closed({ credentialType: text, id: bytes, value: bytes }));
const participants = listOf(closed({ user: text, role: whole }));
const members = listOf(closed({ leaf: whole, client: text, user: text }));

const role = closed(
  {
    index: whole,
    name: text,
    capabilities: listOf(ref("capability")),
    minimumParticipants: whole,
    minimumActiveParticipants: whole,
    roleChanges: listOf(closed({ from: whole, to: listOf(whole) })),
  },
  { maximumParticipants: whole, maximumActiveParticipants: whole },
);

const structures = {
  AssetPolicy,
  BaseRoomPolicy,
  BotPolicy,
  HistoryPolicy,
  JoinLinkPolicy,
  LinkPreviewPolicy,
  LoggingPolicy,
  MessageExpiration,
  OperationalParameters,
  StatusNotificationPolicy,
} as const;

/** Every policy component but the roles that a room may have, by the name under which its state has it. */
const components: Readonly<Record<string, Schema>> = {
  preauthorized: listOf(closed({ claims: ref("claims"), role: ref("role") })),
  base: ref("BaseRoomPolicy"),
  operational: ref("OperationalParameters"),
  statusNotifications: ref("StatusNotificationPolicy"),
  joinLinkPolicy: ref("JoinLinkPolicy"),
  joinLinks: listOf(bytes),
  linkPreview: ref("LinkPreviewPolicy"),
  assets: ref("AssetPolicy"),
  logging: ref("LoggingPolicy"),
  history: ref("HistoryPolicy"),
  bots: ref("BotPolicy"),
  expiration: ref("MessageExpiration"),
  components: listOf(whole),
};

/** Parts of the base policy that a hub may insist on. */
const insisted = closed(
  {},
  {
    fixedMembership: flag,
    parentDependant: flag,
    multiDevice: flag,
    pseudonymsAllowed: flag,
    persistentRoom: flag,
    discoverable: flag,
  },
);

/** Bounds of the policies of a hub's rooms. */
export const envelope = closed(
  {},
  { maxUsers: whole, maxClients: whole, base: insisted, components: listOf(whole) },
);

const state = closed(
  { roles: listOf(ref("role")), participants, members },
  {
    ...components,
    hub: text,
    former: listOf(text),
    parent: closed({ participants }),
    envelope,
    joinCodes: listOf(closed({ code: text, role: whole, multiuser: flag }, { expiresMs: whole })),
  },
);

/** `capability`: by name, by number where it has none. `policy`: some of a room's components. */
export const roomDefinitions: Readonly<Record<string, Schema>> = {
  ...Object.fromEntries(Object.entries(structures).map(([name, codec]) => [name, plainSchema(codec)])),
  capability: plainSchema(CapabilityType),
  claims,
  role,
  policy: closed({}, { roles: listOf(ref("role")), ...components }),
  state,
};
