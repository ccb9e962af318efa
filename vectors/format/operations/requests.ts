/** What somebody wants of a room, member by member. vectors/README.md, Requests */
import { closed, listOf, oneOf, ref, type Schema, variants, whole } from "./closed.ts";
import { bytes, text } from "./operation.ts";

const client = { client: text, user: text };

const claims = ref("claims");

const author = variants("kind", {
  member: [{ leaf: whole, ...client }, { claims }],
  newMember: [client, { claims, joinCode: text }],
  provider: [{ domain: text }, { claims }],
});

const change = variants("kind", {
  addClient: [{ ...client, keyPackage: text }],
  removeClient: [{ leaf: whole, ...client }],
  updateClient: [{ leaf: whole, ...client }],
  joinExternally: [{}],
  addParticipant: [{ user: text, role: whole }],
  removeParticipant: [{ user: text, role: whole }],
  changeRole: [{ user: text, from: whole, to: whole }],
  changeMetadata: [{ fields: listOf(text) }],
  changeComponent: [
    { component: whole },
    {
      op: oneOf("update", "remove"),
      sets: ref("policy"),
      links: closed({ added: listOf(bytes), removed: listOf(bytes) }),
    },
  ],
  other: [{ proposalType: text }],
});

const proposals = listOf(
  closed({ author: ref("author"), changes: listOf(ref("change")) }, { reference: bytes }),
);

const request = variants("kind", {
  create: [{ creator: text }],
  commit: [{ author: ref("author"), proposals: ref("proposals") }],
  proposals: [{ pending: ref("proposals"), proposals: ref("proposals") }],
  groupInfo: [{ requester: ref("author") }],
  send: [{ user: text }],
  message: [{ user: text, acts: listOf(text) }],
  act: [{ user: text, capability: ref("capability") }],
});

/** They refer to those of rooms. */
export const requestDefinitions: Readonly<Record<string, Schema>> = { author, change, proposals, request };
