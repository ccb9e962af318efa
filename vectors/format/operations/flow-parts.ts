/** What a provider in a flow is set up with, wants, and says to its own clients. vectors/README.md, Flows */
import { closed, flag, listOf, oneOf, type Schema, variants, whole } from "./closed.ts";
import { bytes, text } from "./operation.ts";
import { envelope } from "./rooms.ts";
import { profileEntry, searchPolicy } from "./search.ts";

const providerPolicy = closed({
  ...searchPolicy,
  refusals: oneOf("uniform", "detailed"),
  lastResort: oneOf("allowed", "forbidden"),
  claimReplay: oneOf("fresh", "sameAnswer"),
  replayWindow: whole,
  listsIncompatible: flag,
  precedence: oneOf("mostSpecific", "latest"),
  tellsRevocations: flag,
  consentAt: oneOf("claimAndWelcome", "claim"),
  tokensPerUser: whole,
});

const wish = variants("type", {
  readDirectory: [{ of: text }],
  propose: [
    {
      room: text,
      wish: variants("kind", {
        removeUser: [{ user: text }],
        banUser: [{ user: text }],
        removeClient: [{ client: text }],
      }),
    },
  ],
  issueCode: [
    { room: text, code: closed({ code: text, role: whole, multiuser: flag }, { expiresMs: whole }) },
  ],
  rotateHubKey: [{ hubKey: bytes }],
  rotateFrankingKey: [{ franking: closed({ publicKey: bytes, privateKey: bytes }) }],
  crash: [{}],
  restart: [{}],
});

const saidByClient = variants("type", {
  storeKeyPackages: [{ keyPackages: listOf(bytes) }],
  createRoom: [{ id: text, room: text, groupInfo: bytes, ratchetTree: bytes }],
  ask: [{ id: text, operation: text, room: text, body: bytes }],
  askServer: [{ id: text, operation: text, domain: text, body: bytes }],
  fetchAsset: [{ id: text, hub: text, url: text }],
  ohttp: [{ id: text, hub: text, body: bytes }],
  left: [{ room: text }],
  destroyRoom: [{ id: text, room: text }],
  connect: [{}],
  disconnect: [{}],
});

const toldToClient = variants("type", {
  answer: [{ id: text, status: whole, body: bytes }],
  deliver: [{ room: text, message: bytes }],
  consentNews: [{ body: bytes }],
  frankingKey: [{ key: bytes }],
});

export const flowDefinitions: Readonly<Record<string, Schema>> = {
  envelope,
  profileEntry,
  providerPolicy,
  saidByClient,
  toldToClient,
  wish,
};
