/** The scenarios that come with the toolkit, by what they are about. */
import type { Scenario } from "../scenario/index.ts";
import abuseReport from "./abuse-report.ts";
import assetDownload from "./asset-download.ts";
import banAndUnban from "./ban-and-unban.ts";
import changesRefused from "./changes-refused.ts";
import clubhouse from "./clubhouse.ts";
import commitRace from "./commit-race.ts";
import connection from "./connection.ts";
import consentRefused from "./consent-refused.ts";
import consentRevoked from "./consent-revoked.ts";
import conversation from "./conversation.ts";
import doorsClosed from "./doors-closed.ts";
import everybodyLeaves from "./everybody-leaves.ts";
import exhaustedKeyPackages from "./exhausted-key-packages.ts";
import frankingKey from "./franking-key.ts";
import hubBan from "./hub-ban.ts";
import hubRestart from "./hub-restart.ts";
import introductionFromPhone from "./introduction-from-phone.ts";
import joinLink from "./join-link.ts";
import kick from "./kick.ts";
import lostDevice from "./lost-device.ts";
import minimalMetadata from "./minimal-metadata.ts";
import mixedStack from "./mixed-stack.ts";
import moderatedRoom from "./moderated-room.ts";
import numberChangesHands from "./number-changes-hands.ts";
import offlineClient from "./offline-client.ts";
import oneToOne from "./one-to-one.ts";
import openJoin from "./open-join.ts";
import parentRoom from "./parent-room.ts";
import partialKeyMaterial from "./partial-key-material.ts";
import pendingProposals from "./pending-proposals.ts";
import policyEnvelope from "./policy-envelope.ts";
import quietRoom from "./quiet-room.ts";
import reInit from "./re-init.ts";
import reInitWithGuests from "./re-init-with-guests.ts";
import retiredDevice from "./retired-device.ts";
import roleChanges from "./role-changes.ts";
import roomDestroyed from "./room-destroyed.ts";
import roomsRefused from "./rooms-refused.ts";
import selfRemove from "./self-remove.ts";
import semiprivateRoom from "./semiprivate-room.ts";
import unneededSender from "./unneeded-sender.ts";
import unsolicitedGrant from "./unsolicited-grant.ts";

export { uploadingLocally } from "./asset-rooms.ts";
export {
  a1,
  acquaintance,
  alice,
  b1,
  b2,
  bob,
  c1,
  c2,
  cathy,
  gathering,
  serverA,
  serverB,
  serverC,
} from "./cast.ts";
export {
  baseRules,
  exampleRoom,
  forTheseOnly,
  hidingHandshakes,
  moderatedRoles,
  roles,
  withRules,
} from "./setups.ts";

export interface ScenarioGroup {
  readonly title: string;
  readonly scenarios: readonly Scenario[];
}

export const scenarioGroups: readonly ScenarioGroup[] = [
  { title: "A room across providers", scenarios: [clubhouse, conversation, mixedStack] },
  {
    title: "Introductions",
    scenarios: [
      introductionFromPhone,
      numberChangesHands,
      connection,
      unsolicitedGrant,
      consentRefused,
      consentRevoked,
      partialKeyMaterial,
      exhaustedKeyPackages,
    ],
  },
  {
    title: "Ways into a room",
    scenarios: [openJoin, joinLink, oneToOne, parentRoom, doorsClosed, roomsRefused, policyEnvelope],
  },
  {
    title: "Roles",
    scenarios: [roleChanges, moderatedRoom, quietRoom, changesRefused, kick, banAndUnban, hubBan],
  },
  {
    title: "Ways out of a room",
    scenarios: [
      selfRemove,
      retiredDevice,
      pendingProposals,
      lostDevice,
      unneededSender,
      everybodyLeaves,
      roomDestroyed,
      reInit,
      reInitWithGuests,
    ],
  },
  { title: "Races, absences and restarts", scenarios: [commitRace, offlineClient, hubRestart] },
  { title: "Franking and abuse", scenarios: [abuseReport, frankingKey] },
  { title: "Minimal metadata", scenarios: [minimalMetadata, semiprivateRoom] },
  { title: "Assets", scenarios: [assetDownload] },
];

export const scenarios: ReadonlyMap<string, Scenario> = new Map(
  scenarioGroups.flatMap((group) => group.scenarios).map((scenario) => [scenario.name, scenario]),
);
