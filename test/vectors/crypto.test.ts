/** The crypto vectors computed again with node:crypto alone: no code of the model has a part in it. */
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { isNegative } from "../../vectors/format/case.ts";
import { type LoadedCase, loadFile, vectorsFolder } from "../../vectors/verify/index.ts";
import {
  concat,
  decrypted,
  expandWithLabel,
  hmac,
  isSigned,
  octets,
  opaqueAt,
  opened,
  publicKeyOf,
  sha256,
  signContent,
  uint,
  utf8,
  withLength,
} from "./by-hand.ts";

const paths = [
  "protocol-06/crypto/key-material-request.json",
  "protocol-06/crypto/group-info.json",
  "protocol-06/crypto/franking.json",
  "protocol-06/crypto/abuse-report.json",
  "protocol-06/crypto/pseudonyms.json",
  "mls-extensions/crypto/components.json",
  "mls-extensions/crypto/exporter.json",
  "semiprivatemessage-07/crypto/messages.json",
];
const all = paths.flatMap((path) => loadFile(join(vectorsFolder, path)).cases);
const byId = new Map(all.map((each) => [each.id, each]));
const of = (operation: string) => all.filter((each) => each.operation === operation);
const right = (operation: string) => of(operation).filter((each) => !isNegative(each));
const viewOf = ({ view }: LoadedCase) => view as Readonly<Record<string, string>>;
const suiteOf = ({ input }: LoadedCase) => Number(input["cipherSuite"]);

/** The case whose signature a case of signature.content is about. */
function signedCase({ id }: LoadedCase): LoadedCase {
  const found = byId.get(id.replace(/-content$/, ""));
  if (found === undefined) throw new Error(`nothing is signed for ${id}`);
  return found;
}

function frankingContext({ input }: LoadedCase) {
  const uris = [input["sender"], input["room"]].map((uri) => withLength(utf8(String(uri))));
  return concat(...uris, uint(BigInt(String(input["acceptedTimestamp"])), 8));
}

describe("signatures", () => {
  const contents = of("signature.content");

  it("cover SignContent of the structure without its signature", () => {
    expect(contents.length).toBeGreaterThan(30);
    for (const { id, input, output } of contents.filter(
      ({ input: { structure } }) => structure !== "PseudonymousCredential",
    )) {
      const [whole, tbs] = [octets(input["bytes"]), octets(output?.["tbs"])];
      expect(whole.subarray(0, tbs.length).equals(tbs), id).toBe(true);
      const label = utf8(`${input["structure"]}TBS`);
      expect(output?.["signContent"], id).toBe(signContent(label, tbs).toString("hex"));
    }
  });

  it("of requests and answers hold under the key that is given, by node's own verification", () => {
    let verified = 0;
    for (const each of contents.filter(
      ({ input: { structure } }) => structure !== "PseudonymousCredential",
    )) {
      const signed = signedCase(each);
      const { privateKey, hubPrivateKey } = viewOf(signed);
      const key = publicKeyOf(suiteOf(signed), octets(privateKey ?? hubPrivateKey));
      const tbs = octets(each.output?.["tbs"]);
      const [signature, rest] = opaqueAt(octets(each.input["bytes"]).subarray(tbs.length));
      expect(rest.length, each.id).toBe(0);
      expect(isSigned(suiteOf(signed), key, octets(each.output?.["signContent"]), signature), each.id).toBe(
        true,
      );
      expect(tbs.includes(key), each.id).toBe(true);
      verified++;
    }
    expect(verified).toBeGreaterThan(20);
  });

  it("that are damaged, of another label or of another key do not hold", () => {
    const wrong = of("key-material-request.verify").filter(({ flags }) =>
      ["Signature", "Label", "OtherKey"].some((flag) => flags.includes(flag)),
    );
    expect(wrong.length).toBeGreaterThan(25);
    for (const each of wrong) {
      const parent = byId.get(each.parent ?? "");
      const tbs = octets(viewOf(parent ?? each)["tbs"]);
      const key = octets(viewOf(parent ?? each)["publicKey"]);
      const [signature] = opaqueAt(octets(each.input["bytes"]).subarray(tbs.length));
      const content = signContent(utf8("KeyMaterialRequestTBS"), tbs);
      expect(isSigned(suiteOf(each), key, content, signature), each.id).toBe(false);
    }
  });

  it("of components are under a label that names component and purpose", () => {
    for (const each of right("component.label")) {
      expect(each.output?.["operationLabel"], each.id).toBe(componentLabel(each).toString("hex"));
      const content = signContent(componentLabel(each), octets(each.input["content"]));
      expect(each.output?.["signContent"], each.id).toBe(content.toString("hex"));
    }
    for (const each of of("component.verify")) {
      // Keys in a form that MLS does not allow are keys to node.
      if (each.flags.includes("KeyForm")) continue;
      const content = signContent(componentLabel(each), octets(each.input["content"]));
      const [key, signature] = [octets(each.input["publicKey"]), octets(each.input["signature"])];
      expect(isSigned(suiteOf(each), key, content, signature), each.id).toBe(!isNegative(each));
    }
  });
});

describe("franking", () => {
  it("tags are HMAC-SHA256 of the content under its salt, which is the first item of the content", () => {
    for (const { id, input, output } of right("franking.tag")) {
      const data = octets(input["applicationData"]);
      const content = id.includes("-framed-") ? opaqueAt(behindMediaType(data))[0] : data;
      expect(content.subarray(2, 18).toString("hex"), id).toBe(input["salt"]);
      expect(output?.["tag"], id).toBe(hmac(octets(input["salt"]), data).toString("hex"));
    }
  });

  it("stamps are HMAC-SHA256 of tag and context under the hub's secret, and signed with the context", () => {
    for (const each of right("franking.stamp")) {
      const { id, input, output } = each;
      const context = frankingContext(each);
      const serverFrank = hmac(octets(input["hubKey"]), concat(octets(input["tag"]), context));
      const tbs = concat(serverFrank, uint(suiteOf(each), 2), context);
      expect(output, id).toEqual({
        context: context.toString("hex"),
        serverFrank: serverFrank.toString("hex"),
        tbs: tbs.toString("hex"),
        signContent: signContent(utf8("FrankingIntegrityTBS"), tbs).toString("hex"),
      });
    }
  });

  it("holds for received messages: tag, server_frank and the hub's signature", () => {
    for (const each of right("franking.verify")) {
      const { id, input } = each;
      const data = octets(input["applicationData"]);
      const tag = hmac(data.subarray(2, 18), data);
      expect(input["tag"], id).toBe(tag.toString("hex"));
      const given = octets(input["frank"]);
      const context = frankingContext(each);
      const serverFrank = hmac(octets(viewOf(each)["hubKey"]), concat(tag, context));
      expect(given.subarray(0, 32).equals(serverFrank), id).toBe(true);
      const [signature] = opaqueAt(given.subarray(34));
      const tbs = concat(given.subarray(0, 34), context);
      const content = signContent(utf8("FrankingIntegrityTBS"), tbs);
      expect(isSigned(suiteOf(each), octets(input["agentKey"]), content, signature), id).toBe(true);
    }
  });

  it("of reported messages holds with one of the hub's secrets", () => {
    for (const each of right("abuse-report.verify")) {
      const { id, input, output } = each;
      const [data, behind] = opaqueAt(octets(input["bytes"]));
      const [frank, [, time]] = [behind.subarray(0, 34), opaqueAt(behind.subarray(34))];
      const uris = [output?.["sender"], input["room"]].map((uri) => withLength(utf8(String(uri))));
      const stamped = concat(hmac(data.subarray(2, 18), data), ...uris, time);
      const keys = input["hubKeys"] as readonly { readonly hubKey: string }[];
      const stamps = keys.map(({ hubKey }) => hmac(octets(hubKey), stamped).toString("hex"));
      expect(stamps, id).toContain(frank.subarray(0, 32).toString("hex"));
    }
  });
});

describe("what is encrypted to X25519 keys", () => {
  const ofX25519 = (operation: string) =>
    of(operation).filter(({ input }) => input["cipherSuite"] === 1 || input["cipherSuite"] === 3);
  const openedBy = ({ input }: LoadedCase, label: Buffer, context: Buffer, sealed: Buffer) => {
    const [kemOutput, behind] = opaqueAt(sealed);
    const suite = input["cipherSuite"] === 3 ? 3 : 1;
    return opened(
      suite,
      octets(input["privateKey"]),
      label,
      context,
      kemOutput,
      opaqueAt(behind)[0],
    ).toString("hex");
  };

  it("by components is opened under their labels, and nothing that is wrong", () => {
    const cases = ofX25519("component.open");
    expect(cases.length).toBeGreaterThan(30);
    for (const each of cases) {
      const { id, input, output } = each;
      const open = () =>
        openedBy(each, componentLabel(each), octets(input["context"]), octets(input["ciphertext"]));
      if (isNegative(each)) expect(open, id).toThrow();
      else expect(open(), id).toBe(output?.["plaintext"]);
    }
  });

  it("with a GroupInfo is opened in the context of the room", () => {
    for (const each of ofX25519("group-info-response.open").filter((each) => !isNegative(each))) {
      const room = utf8(String(each.input["room"]));
      // Behind version, room, status and cipher suite, and the hub's key and basic credential.
      const [, behindKey] = opaqueAt(octets(each.input["bytes"]).subarray(4 + withLength(room).length));
      const [, sealed] = opaqueAt(behindKey.subarray(2));
      const plaintext = openedBy(each, utf8("GroupInfo and ratchet_tree encryption"), room, sealed);
      expect(plaintext, each.id).toBe(each.output?.["plaintext"]);
    }
  });
});

describe("exported secrets", () => {
  /** Down the tree over all components: the upper half of each part is on the right. */
  function componentSecret(root: Uint8Array, componentId: number): string {
    let secret: Uint8Array = root;
    for (let bit = 15; bit >= 0; bit--) {
      const side = (componentId >> bit) & 1 ? "right" : "left";
      secret = expandWithLabel(secret, "tree", utf8(side), 32);
    }
    return Buffer.from(secret).toString("hex");
  }

  it("of components are the leaves of a tree under application_export", () => {
    for (const { id, input, output } of right("exporter.safe-export")) {
      const root = expandWithLabel(octets(input["epochSecret"]), "application_export", Buffer.alloc(0), 32);
      expect(output?.["applicationExportSecret"], id).toBe(root.toString("hex"));
      const ids = input["componentIds"] as readonly number[];
      expect(output?.["secrets"], id).toEqual(ids.map((component) => componentSecret(root, component)));
    }
  });

  it("of applications are expanded from a secret of their label", () => {
    for (const { id, input, output } of right("exporter.export")) {
      const own = expandWithLabel(
        octets(input["exporterSecret"]),
        String(input["label"]),
        Buffer.alloc(0),
        32,
      );
      const context = sha256(octets(input["context"]));
      const secret = expandWithLabel(own, "exported", context, Number(input["length"]));
      expect(output?.["secret"], id).toBe(secret.toString("hex"));
    }
  });
});

describe("identity links", () => {
  it("decrypt with the pseudonyms as additional data, and hold the real client's signature over them", () => {
    const tbsOf = new Map(of("signature.content").map(({ id, output }) => [id, octets(output?.["tbs"])]));
    for (const each of right("identity-link.open")) {
      const tbs = tbsOf.get(`${each.id}-content`) ?? Buffer.alloc(0);
      const whole = octets(each.input["bytes"]);
      expect(whole.subarray(0, tbs.length).equals(tbs), each.id).toBe(true);
      const [sealed] = opaqueAt(whole.subarray(tbs.length));
      const key = octets(each.input["key"]);
      const link = decrypted(suiteOf(each), key, sealed.subarray(0, 12), tbs, sealed.subarray(12));
      expect(link.toString("hex"), each.id).toBe(each.output?.["identityLink"]);
      const [signature] = opaqueAt(link);
      const content = signContent(utf8("PseudonymousCredentialTBS"), tbs);
      expect(isSigned(suiteOf(each), octets(each.input["realKey"]), content, signature), each.id).toBe(true);
    }
  });
});

describe("SemiPrivateMessages", () => {
  it("are bound to hashes of sender and nonce, and of what is signed", () => {
    for (const { id, input, output } of right("semi-private.partial-context-hash")) {
      const hashed = concat(uint(Number(input["senderLeafIndex"]), 4), octets(input["nonce"]));
      expect(output, id).toEqual({
        hashInput: hashed.toString("hex"),
        hash: sha256(hashed).toString("hex"),
      });
    }
    for (const { id, input, output } of right("semi-private.content-hash")) {
      // mls10, mls_semiprivate_message, the content, and the context that a member's signature covers.
      const tbs = concat(
        octets(output?.["framedContentTbs"]).subarray(0, 4),
        octets(input["content"]),
        octets(input["groupContext"]),
      );
      expect(output?.["framedContentTbs"], id).toBe(tbs.toString("hex"));
      expect(tbs.subarray(0, 2).toString("hex"), id).toBe("0001");
      expect(output?.["hash"], id).toBe(sha256(tbs).toString("hex"));
    }
    for (const { id, input, output } of right("semi-private.receiver-reference")) {
      expect(output?.["hash"], id).toBe(sha256(octets(input["receiver"])).toString("hex"));
    }
  });

  it("decrypt under the key and nonce that receivers are given, to the content that is stated", () => {
    const cases = right("semi-private.open-as-receiver");
    expect(cases.length).toBeGreaterThan(25);
    for (const each of cases) {
      const { id, input, output } = each;
      const message = octets(input["message"]);
      const { head, ciphertext } = partsOf(message);
      const nonce = octets(output?.["nonce"]);
      for (const [i, octet] of octets(output?.["reuseGuard"]).entries()) nonce[i] = (nonce[i] ?? 0) ^ octet;
      const plaintext = decrypted(suiteOf(each), octets(output?.["key"]), nonce, head, ciphertext);
      // The content ends with what the plaintext begins with: proposal or commit.
      const content = octets(output?.["content"]);
      const body = content.subarray(content.length - commonLength(content, plaintext));
      expect(body.length, id).toBeGreaterThan(8);
      expect(plaintext.subarray(0, body.length).equals(body), id).toBe(true);
    }
  });
});

/** What an ApplicationFraming holds behind a media type: its name and its parameters are opaque. mls-extensions §6.2.4 */
function behindMediaType(framing: Buffer): Buffer {
  const [, behindName] = opaqueAt(framing);
  return opaqueAt(behindName)[1];
}

function componentLabel({ input }: LoadedCase): Buffer {
  const component = uint(Number(input["componentId"]), 2);
  return concat(withLength(utf8("MLS Component")), component, withLength(utf8(String(input["label"]))));
}

/** What is authenticated, and the ciphertext behind the sender data. */
function partsOf(message: Buffer): { readonly head: Buffer; readonly ciphertext: Buffer } {
  const [, behindGroup] = opaqueAt(message);
  const [, behindData] = opaqueAt(behindGroup.subarray(9));
  const [, behindHash] = opaqueAt(behindData);
  const [, behindKeys] = opaqueAt(behindHash);
  const [, sealed] = opaqueAt(behindKeys);
  const [, behindSender] = opaqueAt(sealed);
  return { head: message.subarray(0, message.length - sealed.length), ciphertext: opaqueAt(behindSender)[0] };
}

/** The length of the longest end of `a` that `b` begins with. */
function commonLength(a: Buffer, b: Buffer): number {
  let length = Math.min(a.length, b.length);
  while (length > 0 && !a.subarray(a.length - length).equals(b.subarray(0, length))) length--;
  return length;
}
