import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hex, utf8 } from "../../../spec-model/bytes.ts";
import {
  GroupInfoRatchetTreeTBE,
  type GroupInfoResponse,
  openGroupInfoResponse,
  sealGroupInfoResponse,
} from "../../../spec-model/group-info/index.ts";
import { type CipherSuiteId, cipherSuite, cipherSuiteIds, MlsError } from "../../../spec-model/mls/index.ts";
import { expandEntropy } from "../../../spec-model/random.ts";
import { RoomError } from "../../../spec-model/room/index.ts";

const room = "mimi://hub.example/r/club";

function answered(id: CipherSuiteId, domain = "hub.example", epoch = 3n) {
  const suite = cipherSuite(id);
  const random = expandEntropy(utf8("an answer"), `suite ${id}`);
  const requester = suite.hpke.generateKeyPair(random);
  const contents: GroupInfoRatchetTreeTBE = {
    groupInfo: {
      groupContext: {
        version: "mls10",
        cipherSuite: id,
        groupId: utf8("mimi://hub.example/g/club"),
        epoch,
        treeHash: utf8("tree"),
        confirmedTranscriptHash: utf8("transcript"),
        extensions: [],
      },
      extensions: [],
      confirmationTag: utf8("tag"),
      signer: 0,
      signature: utf8("signature"),
    },
    ratchetTreeOption: { representation: "full", ratchetTree: [] },
    pendingProposals: [],
  };
  const hub = { domain, signature: suite.signature.generateKeyPair(random) };
  const response = sealGroupInfoResponse(suite, hub, { room, contents, to: requester.publicKey }, random);
  const open = (changed: GroupInfoResponse = response, key = requester.privateKey, of = room) =>
    openGroupInfoResponse(suite, changed, of, key);
  return { suite, contents, response, open, random };
}

function codeOf(look: () => unknown): string {
  try {
    look();
    return "none";
  } catch (error) {
    return error instanceof RoomError || error instanceof MlsError ? error.code : String(error);
  }
}

describe.each(cipherSuiteIds)("a hub's answer with a GroupInfo, in cipher suite %i", (id) => {
  it("is opened by whom it is for, and holds what the hub has put in", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), (epoch) => {
        const { open, contents } = answered(id, "hub.example", epoch);
        expect(hex(open())).toBe(hex(GroupInfoRatchetTreeTBE.encode(contents)));
      }),
      { numRuns: 10 },
    );
  });

  it("is refused with another signature, ciphertext or signer", () => {
    const { response, open } = answered(id);
    if (response.status !== "success") throw new Error("granted nothing");
    const { encryptedGroupinfoAndTree: sealed, signature } = response;
    const changed = (change: object) => () => open({ ...response, ...change } as GroupInfoResponse);
    expect(codeOf(changed({ signature: signature.slice(1) }))).toBe("responseSignature");
    const other = { ...sealed, ciphertext: sealed.ciphertext.slice(1) };
    expect(codeOf(changed({ encryptedGroupinfoAndTree: other }))).toBe("responseSignature");
    expect(codeOf(() => answered(id, "elsewhere.example").open())).toBe("hubSender");
  });

  it("is refused for another room, with another key, and where it grants nothing", () => {
    const { response, open, suite, random } = answered(id);
    const stranger = suite.hpke.generateKeyPair(random);
    expect(codeOf(() => open(response, undefined, "mimi://hub.example/r/attic"))).toBe("roomOfAnswer");
    expect(codeOf(() => open(response, stranger.privateKey))).toBe("groupInfoDecryption");
    const refusal = { version: "mls10", roomId: utf8(room), status: "notAuthorized" } as const;
    expect(codeOf(() => open(refusal))).toBe("notGranted");
  });
});
