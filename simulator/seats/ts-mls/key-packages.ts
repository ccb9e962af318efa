/** KeyPackages that ts-mls makes for a room of ours. RFC 9420 §10 */
import { generateKeyPackageWithKey } from "ts-mls";
import { decodeCapabilities } from "ts-mls/capabilities.js";
import { decodeCredential } from "ts-mls/credential.js";
import { decodeExtension } from "ts-mls/extension.js";
import { encodeKeyPackage } from "ts-mls/keyPackage.js";
import { hex } from "../../../spec-model/bytes.ts";
import {
  Capabilities,
  Credential,
  cipherSuite,
  Extension,
  KeyPackage,
  keyPackageRef,
} from "../../../spec-model/mls/index.ts";
import { clientCapabilities, leafExtensions } from "../../../spec-model/participant/index.ts";
import { clientCredential } from "../../../spec-model/room/index.ts";
import { emit, type OwnPackage, type SeatTurn } from "./client-state.ts";
import { readByTsMls } from "./octets.ts";
import { tsMlsSuite } from "./suite.ts";

const hourMs = 3_600_000;
const lifetimeMs = 90 * 24 * hourMs;

/** Makes KeyPackages and stores them at the client's provider. */
export async function publishKeyPackages(turn: SeatTurn, count: number): Promise<void> {
  const keyPackages: Uint8Array[] = [];
  for (let made = 0; made < count; made++) {
    const own = await newKeyPackage(turn);
    const octets = encodeKeyPackage(own.publicPackage);
    const reference = hex(keyPackageRef(cipherSuite(turn.state.suite), KeyPackage.decode(octets)));
    turn.state = { ...turn.state, keyPackages: { ...turn.state.keyPackages, [reference]: own } };
    keyPackages.push(octets);
  }
  emit(turn, {
    type: "local",
    to: turn.state.provider.domain,
    message: { type: "storeKeyPackages", keyPackages },
    label: "Store KPs",
  });
}

/**
 * Valid from an hour ago for 90 days. It claims what every member of a room has to support, AppDataUpdate and SelfRemove
 * among it: with what ts-mls really can, the client could not be added to any room.
 */
function newKeyPackage(turn: SeatTurn): Promise<OwnPackage> {
  const { client, signature, suite } = turn.state;
  const seconds = (ms: number) => BigInt(Math.floor(ms / 1000));
  return generateKeyPackageWithKey(
    readByTsMls(decodeCredential, Credential.encode(clientCredential(client))),
    readByTsMls(decodeCapabilities, Capabilities.encode(clientCapabilities(turn.state))),
    { notBefore: seconds(turn.now - hourMs), notAfter: seconds(turn.now + lifetimeMs) },
    [],
    { signKey: signature.privateKey, publicKey: signature.publicKey },
    tsMlsSuite(suite, turn.random),
    leafExtensions().map((extension) => readByTsMls(decodeExtension, Extension.encode(extension))),
  );
}
