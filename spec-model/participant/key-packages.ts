/** A client's own KeyPackages, and its claims of other users'. RFC 9420 §10, protocol-06 §5.2 */
import { hex, noBytes } from "../bytes.ts";
import { claimMachine } from "../introduction/index.ts";
import { KeyMaterialRequest, KeyMaterialRequestTBS, KeyMaterialResponse } from "../key-material/index.ts";
import {
  componentIds,
  dictionaryExtension,
  dictionaryOf,
  KeyPackage,
  keyPackageRef,
  type OwnKeyPackage,
  signWithLabel,
  validateKeyPackage,
} from "../mls/index.ts";
import { attempt, holderOf, isRefused, RoomError } from "../room/index.ts";
import { advance, emit, first } from "../turn.ts";
import { clientApplication, clientCapabilities, leafExtensions, roomRequirements } from "./application.ts";
import { ask } from "./asks.ts";
import type { Claim, ClientTurn } from "./client-state.ts";

/** Marks a KeyPackage that may be used more than once. mls-extensions §6.4 */
const lastResort = dictionaryExtension(new Map([[componentIds.last_resort_key_package, noBytes]]));
const hourMs = 3_600_000;
const lifetimeMs = 90 * 24 * hourMs;

/** A fresh KeyPackage of this client, valid from an hour ago (clocks differ) for 90 days. */
export function newKeyPackage(turn: ClientTurn, isLastResort = false): OwnKeyPackage {
  const { suite, credential, signature } = turn.state;
  const seconds = (ms: number) => BigInt(Math.floor(ms / 1000));
  const options = {
    credential,
    capabilities: clientCapabilities(turn.state),
    lifetime: { notBefore: seconds(turn.now - hourMs), notAfter: seconds(turn.now + lifetimeMs) },
    leafExtensions: leafExtensions(turn.state),
    ...(isLastResort ? { extensions: [lastResort] } : {}),
    signatureKeyPair: signature,
  };
  return turn.mls.generateKeyPackage(suite, options, clientApplication(turn.now), turn.random);
}

/** Makes KeyPackages and stores them at the client's provider. */
export function publishKeyPackages(turn: ClientTurn, count: number, isLastResort: boolean): void {
  const made = Array.from({ length: count }, () => newKeyPackage(turn, isLastResort));
  const suite = turn.mls.suite(turn.state.suite);
  const byReference = made.map((own) => [hex(keyPackageRef(suite, own.keyPackage)), own] as const);
  turn.state = {
    ...turn.state,
    keyPackages: { ...turn.state.keyPackages, ...Object.fromEntries(byReference) },
  };
  const keyPackages = made.map(({ keyPackage }) => KeyPackage.encode(keyPackage));
  emit(turn, {
    type: "local",
    to: turn.state.provider.domain,
    message: { type: "storeKeyPackages", keyPackages },
    label: isLastResort ? "Store last-resort KP" : "Store KPs",
  });
}

/** A KeyPackage has been used: its private keys go, unless it is one that may be used again. RFC 9420 §10 */
export function forgetKeyPackage(turn: ClientTurn, reference: string): void {
  const { [reference]: used, ...keyPackages } = turn.state.keyPackages;
  const components = dictionaryOf(used?.keyPackage.extensions ?? []);
  if (components.has(componentIds.last_resort_key_package)) return;
  turn.state = { ...turn.state, keyPackages };
}

/** The name of a claim: key material is for one room. */
export function claimOf(room: string, user: string): string {
  return `${room} ${user}`;
}

export function fetchKeyMaterial(turn: ClientTurn, room: string, user: string): void {
  const claim = claimOf(room, user);
  const before = turn.state.claims[claim]?.machine ?? first(claimMachine, undefined);
  const { snapshot, effects } = advance(turn, claimMachine, before, { type: "ask" }, claim);
  keepClaim(turn, claim, { machine: snapshot, keyPackages: [] });
  if (!effects.some((effect) => effect.type === "requestKeyMaterial")) return;
  const unsigned = {
    protocol: "mls10" as const,
    requestingUser: { uri: turn.state.user },
    targetUser: { uri: user },
    roomId: { uri: room },
    acceptableCiphersuites: [turn.state.suite],
    requiredCapabilities: roomRequirements,
    requesterSignatureKey: turn.state.signature.publicKey,
    requesterCredential: turn.state.credential,
  };
  const suite = turn.mls.suite(turn.state.suite);
  const signed = KeyMaterialRequestTBS.encode(unsigned);
  const { privateKey } = turn.state.signature;
  const body = KeyMaterialRequest.encode({
    ...unsigned,
    keyMaterialRequestSignature: signWithLabel(suite, privateKey, "KeyMaterialRequestTBS", signed),
  });
  ask(turn, "keyMaterial", room, body, "Request KPs", { kind: "keyMaterial", room, claim, user });
}

/** The provider's answer to a claim. */
export function receiveKeyMaterial(
  turn: ClientTurn,
  asked: { readonly claim: string; readonly user: string },
  status: number,
  body: Uint8Array,
): void {
  const claim = turn.state.claims[asked.claim];
  if (claim === undefined) return;
  const response = attempt(() => verifiedResponse(turn, asked.user, status, body));
  if (isRefused(response)) emit(turn, { type: "noticed", ...response });
  const event = isRefused(response)
    ? ({ type: "failed", text: response.text } as const)
    : ({ type: "answered", userStatus: response.userStatus, keyPackages: response.clients.length } as const);
  const { snapshot, effects } = advance(turn, claimMachine, claim.machine, event, asked.claim);
  const kept = effects.some((effect) => effect.type === "keepKeyPackages") && !isRefused(response);
  const keyPackages = kept ? response.clients.flatMap(keyPackageOf) : [];
  keepClaim(turn, asked.claim, { machine: snapshot, keyPackages });
  if (effects.some((effect) => effect.type === "reportRefusal")) {
    const code = isRefused(response) ? response.text : response.userStatus;
    emit(turn, { type: "decided", text: `gets no key material: ${code}`, draft: "protocol-06 §5.2" });
  }
}

/** A claim's KeyPackages have gone into a commit that was accepted. */
export function spendClaim(turn: ClientTurn, name: string): void {
  const claim = turn.state.claims[name];
  if (claim === undefined) return;
  const { snapshot } = advance(turn, claimMachine, claim.machine, { type: "used" }, name);
  keepClaim(turn, name, { machine: snapshot, keyPackages: [] });
}

function verifiedResponse(
  turn: ClientTurn,
  user: string,
  status: number,
  body: Uint8Array,
): KeyMaterialResponse {
  if (status !== 200) throw new RoomError("httpStatus", "protocol-06 §5.2", `answered with status ${status}`);
  const response = KeyMaterialResponse.decode(body);
  if (response.userUri.uri !== user) {
    throw new RoomError("userOfAnswer", "protocol-06 §5.2", `the answer is about ${response.userUri.uri}`);
  }
  const suite = turn.mls.suite(turn.state.suite);
  for (const material of response.clients) {
    for (const keyPackage of keyPackageOf(material)) {
      validateKeyPackage(suite, keyPackage, clientApplication(turn.now));
      const holder = holderOf(keyPackage.leafNode.credential);
      const { uri } = material.clientUri;
      if (holder?.user === user && holder.client === uri) continue;
      throw new RoomError("keyPackageOfUser", "protocol-06 §5.2", `a KeyPackage is not of ${uri}`);
    }
  }
  return response;
}

function keyPackageOf(material: KeyMaterialResponse["clients"][number]): KeyPackage[] {
  return material.clientStatus === "success" ? [material.keyPackage] : [];
}

function keepClaim(turn: ClientTurn, name: string, claim: Claim): void {
  turn.state = { ...turn.state, claims: { ...turn.state.claims, [name]: claim } };
}
