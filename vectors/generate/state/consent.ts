/** Consent at the target's provider: what is in force, and who is told what. protocol-06 §5.7 and §8 */
import { hex } from "../../../spec-model/bytes.ts";
import { ConsentEntry, entryFor } from "../../../spec-model/consent/index.ts";
import type { JsonObject, VectorCase, VectorGroup } from "../../format/case.ts";
import { negative, positive } from "../cases.ts";

type Operation = ConsentEntry["consentOperation"];
/** What is said, and about which room; without one: about any. */
type Said = readonly [operation: Operation, room?: string];

const requester = "mimi://a.example/u/alice";
const target = "mimi://b.example/u/bob";
const stranger = "mimi://c.example/u/cathy";
const club = "mimi://a.example/r/club";
const attic = "mimi://a.example/r/attic";
const scopes = ["protocol-8-both-models", "protocol-8-scopes-independent", "protocol-5.2-no-consent"];

export function consentGroups(): VectorGroup[] {
  return [
    {
      operation: "consent.in-force",
      comment: "Alice asks for Bob's key material; the entries are about the two",
      input: { requester, target },
      tests: [...inForce(), ...notInForce()],
    },
    {
      operation: "consent.follow",
      comment: "What Bob's provider does with each entry, where revocations are told",
      input: { tellsRevocations: true },
      tests: followed(true),
    },
    {
      operation: "consent.follow",
      comment: "The same where revocations are not told",
      input: { tellsRevocations: false },
      tests: followed(false),
    },
  ];
}

function encoded([operation, room]: Said, from = requester, to = target): string {
  return hex(ConsentEntry.encode(entryFor({ requester: from, target: to, room }, operation)));
}

function askedIn(room: string | undefined): JsonObject {
  return room === undefined ? {} : { room };
}

function inForce(): VectorCase[] {
  const kinds: readonly (readonly [
    slug: string,
    comment: string,
    said: readonly Said[],
    room: string | undefined,
    outcome: string | readonly string[],
  ])[] = [
    ["granted", "a grant for any room, for a room", [["grant"]], club, "granted"],
    ["granted-no-room", "a grant for any room, outside of rooms", [["grant"]], undefined, "granted"],
    ["asked-and-granted", "a request and a grant", [["request"], ["grant"]], club, "granted"],
    ["room", "a grant for this room", [["grant", club]], club, "granted"],
    ["both", "a grant for any room and one for this room", [["grant"], ["grant", club]], club, "granted"],
    [
      "other-scope",
      "a request for any room, granted for this one",
      [["request"], ["grant", club]],
      club,
      "granted",
    ],
    ["again", "granted, revoked, granted", [["grant"], ["revoke"], ["grant"]], club, "granted"],
    [
      "cancelled-late",
      "a request that is taken back after the grant",
      [["request"], ["grant"], ["cancel"]],
      club,
      "granted",
    ],
    ["asked-again", "a request after the grant", [["grant"], ["request"]], club, "granted"],
    [
      "revoked-other-room",
      "revoked for another room",
      [
        ["grant", club],
        ["revoke", attic],
      ],
      club,
      "granted",
    ],
    // Which of two decisions counts is left open: the one about this room, or the later one.
    [
      "room-over-any",
      "granted for this room, revoked for any",
      [["grant", club], ["revoke"]],
      club,
      ["granted", "missing"],
    ],
    [
      "any-then-room",
      "revoked for any room, granted for this one",
      [["revoke"], ["grant", club]],
      club,
      "granted",
    ],
  ];
  return kinds.map(([slug, comment, said, room, outcome]) =>
    positive({
      id: `consent-${slug}`,
      comment,
      requirements: scopes,
      outcome,
      input: { entries: said.map((each) => encoded(each)), ...askedIn(room) },
      view: said.map(([operation, about]) => `${operation}${about === undefined ? "" : ` ${about}`}`),
    }),
  );
}

function notInForce(): VectorCase[] {
  const parents = new Map(inForce().map((each) => [each.id, each]));
  const missing = (
    of: string,
    slug: string,
    flag: string,
    op: string,
    said: readonly Said[],
    outcome: string | readonly string[] = "missing",
  ) => wrong(of, slug, flag, op, { entries: said.map((each) => encoded(each)) }, outcome);
  const wrong = (
    of: string,
    slug: string,
    flag: string,
    op: string,
    change: JsonObject,
    outcome: string | readonly string[] = "missing",
  ): VectorCase[] => {
    const parent = parents.get(`consent-${of}`);
    return parent === undefined
      ? []
      : [negative(parent, { slug, flag, path: "ConsentEntry", op, outcome, change })];
  };
  const other = ["otherRoom", "missing"];
  return [
    ...missing("granted", "nothing", "Nothing", "nothing was said", []),
    ...missing("granted", "only-asked", "Nothing", "it was only asked for", [["request"]]),
    ...missing("granted", "asked-and-cancelled", "Nothing", "it was asked for and taken back", [
      ["request"],
      ["cancel"],
    ]),
    ...missing("granted", "only-cancelled", "Nothing", "what was never asked for was taken back", [
      ["cancel"],
    ]),
    ...missing("granted", "revoked", "Revoked", "it was revoked", [["grant"], ["revoke"]]),
    ...missing("granted", "denied", "Revoked", "it was denied before anybody asked", [["revoke"]]),
    ...missing("granted", "revoked-and-asked", "Revoked", "it was revoked and asked for again", [
      ["grant"],
      ["revoke"],
      ["request"],
    ]),
    ...missing("granted", "revoked-and-cancelled", "Revoked", "it was revoked, asked for and taken back", [
      ["revoke"],
      ["request"],
      ["cancel"],
    ]),
    ...missing("again", "twice-revoked", "Revoked", "granted, revoked, granted, revoked", [
      ["grant"],
      ["revoke"],
      ["grant"],
      ["revoke"],
    ]),
    ...missing("room", "other-room", "Scope", "it was granted for another room", [["grant", attic]], other),
    ...missing("room", "revoked", "Revoked", "it was granted for this room and revoked", [
      ["grant", club],
      ["revoke", club],
    ]),
    ...missing(
      "room",
      "empty-room",
      "Scope",
      "it was granted for the room of no name",
      [["grant", ""]],
      other,
    ),
    ...missing(
      "both",
      "room-revoked",
      "Revoked",
      "granted for any room, then revoked for this one",
      [["grant"], ["revoke", club]],
      other,
    ),
    ...wrong(
      "granted-no-room",
      "for-a-room",
      "Scope",
      "it was granted for a room, and asked outside of rooms",
      {
        entries: [encoded(["grant", club])],
      },
      other,
    ),
    ...wrong("granted", "other-requester", "Scope", "it was granted to somebody else", {
      entries: [encoded(["grant"], stranger)],
    }),
    ...wrong("granted", "other-target", "Scope", "somebody else has granted it", {
      entries: [encoded(["grant"], requester, stranger)],
    }),
    ...wrong("granted", "other-way", "Scope", "Alice has granted it to Bob", {
      entries: [encoded(["grant"], target, requester)],
    }),
  ];
}

function followed(tellsRevocations: boolean): VectorCase[] {
  const mark = tellsRevocations ? "told" : "silent";
  const revoked = tellsRevocations ? "conveyRevocation" : "nothing";
  const acknowledged = [
    "protocol-5.7-unsolicited",
    "protocol-5.7-unmatched-cancel",
    "protocol-5.7-cancel-same-scope",
  ];
  const kinds: readonly (readonly [
    slug: string,
    comment: string,
    steps: readonly (readonly [Said, string])[],
  ])[] = [
    [
      "asked",
      "a request, and its answer",
      [
        [["request"], "showRequest"],
        [["grant"], "conveyGrant"],
      ],
    ],
    [
      "twice",
      "a request that comes twice is shown once",
      [
        [["request"], "showRequest"],
        [["request"], "nothing"],
      ],
    ],
    [
      "taken-back",
      "a request is taken back",
      [
        [["request"], "showRequest"],
        [["cancel"], "withdrawRequest"],
      ],
    ],
    ["unmatched", "what was never asked for is taken back", [[["cancel"], "nothing"]]],
    [
      "other-scope",
      "a cancellation of another scope than the request's",
      [
        [["request"], "showRequest"],
        [["cancel", club], "nothing"],
        [["cancel"], "withdrawRequest"],
      ],
    ],
    ["unsolicited", "a grant that nobody asked for", [[["grant"], "conveyGrant"]]],
    [
      "missed",
      "who asks for what was granted has missed the answer",
      [
        [["grant"], "conveyGrant"],
        [["request"], "conveyGrant"],
      ],
    ],
    [
      "revoked",
      "a grant is revoked",
      [
        [["grant"], "conveyGrant"],
        [["revoke"], revoked],
      ],
    ],
    [
      "denied",
      "whoever was denied is not shown again",
      [
        [["revoke"], revoked],
        [["request"], "nothing"],
        [["cancel"], "nothing"],
      ],
    ],
    [
      "denied-any",
      "whoever was denied for any room is not shown for one",
      [
        [["revoke"], revoked],
        [["request", club], "nothing"],
      ],
    ],
    [
      "denied-one",
      "whoever was denied for one room may ask for another",
      [
        [["revoke", club], revoked],
        [["request", attic], "showRequest"],
        [["request"], "showRequest"],
      ],
    ],
    [
      "cancel-granted",
      "what was granted stays when the request is taken back",
      [
        [["request"], "showRequest"],
        [["grant"], "conveyGrant"],
        [["cancel"], "nothing"],
        [["request"], "conveyGrant"],
      ],
    ],
    [
      "forgiven",
      "a grant after a denial",
      [
        [["revoke"], revoked],
        [["request"], "nothing"],
        [["grant"], "conveyGrant"],
      ],
    ],
  ];
  return kinds.map(([slug, comment, steps]) =>
    positive({
      id: `consent-follow-${mark}-${slug}`,
      comment,
      requirements: acknowledged,
      level: "SHOULD",
      outcome: "followed",
      input: { entries: steps.map(([said]) => encoded(said)) },
      output: { effects: steps.map(([, effect]) => effect) },
      view: steps.map(([[operation, room], effect]) => `${operation} ${room ?? "any room"}: ${effect}`),
    }),
  );
}
