/** What a provider knows of one user's key material, and what it would hand out for a claim. protocol-06 §5.2 */
import type { KeyMaterialClientCode } from "./structures.ts";

/** A KeyPackage that waits to be claimed, as its owner's provider sees it. */
export interface StockedKeyPackage {
  readonly reference: string;
  readonly client: string;
  /** The protocol it is for, as KeyPackages name it: `mls10`. */
  readonly protocol: string;
  readonly cipherSuite: number;
  /** Seconds since the UNIX epoch. */
  readonly notAfter: number;
  /** What the client can do, as names or numbers of the MLS registries. */
  readonly capabilities: readonly string[];
  /** Whether it may be handed out again when nothing else is left. mls-extensions §6.4 */
  readonly isLastResort: boolean;
}

export interface KeyMaterialPolicy {
  /**
   * `uniform`, the default: whoever has no consent gets `noConsent`, whatever else there is to say. `detailed`: every
   * case has the code the draft has for it, and so tells whether the user exists.
   */
  readonly refusals: "uniform" | "detailed";
  /**
   * Whether a KeyPackage marked as one of last resort is handed out when nothing else is left. `allowed`, the default:
   * mls-extensions §6.4 gives it that purpose; `forbidden`: protocol-06 §5.2 to the letter.
   */
  readonly lastResort: "allowed" | "forbidden";
  /**
   * What the same request gets when it comes again. `fresh`, the default: protocol-06 §5.2 lets no material be in two
   * answers, so each replay takes more; `sameAnswer`: what it got before, within the window.
   */
  readonly claimReplay: "fresh" | "sameAnswer";
  /** Seconds in which a repeated request is taken for a repetition. */
  readonly replayWindow: number;
  /** Whether `noCompatibleMaterial` comes with the list of clients, which tells how many there are. */
  readonly listsIncompatible: boolean;
}

/** A KeyPackage that was handed out, kept so that its Welcome finds its client. §5.2 */
export interface Reservation {
  readonly keyPackage: StockedKeyPackage;
  /** Names the request: equal requests have equal names. */
  readonly request: string;
  readonly requester: string;
  /** undefined: it was given for any room. */
  readonly room: string | undefined;
  /** Seconds since the UNIX epoch. */
  readonly at: number;
}

export interface StockContext {
  readonly user: string;
  readonly policy: KeyMaterialPolicy;
  readonly clients: readonly string[];
  readonly stock: readonly StockedKeyPackage[];
  readonly reserved: readonly Reservation[];
}

/** A KeyMaterialRequest as read; `refused` where its signature or credential did not verify. */
export interface ClaimRequested {
  readonly type: "claim";
  readonly request: string;
  readonly requester: string;
  readonly room: string;
  readonly protocol: string;
  readonly acceptableCiphersuites: readonly number[];
  readonly requiredCapabilities: readonly string[];
  /** Seconds since the UNIX epoch. */
  readonly now: number;
  readonly consent: "granted" | "otherRoom" | "missing";
  readonly refused: string | undefined;
}

/** What is handed out for one client. */
export interface ClientMaterial {
  readonly client: string;
  readonly status: KeyMaterialClientCode;
  readonly reference: string | undefined;
}

/** For each client one KeyPackage: the oldest that fits, is not expired and has not been handed out. */
export function materialFor(stock: StockContext, claim: ClaimRequested): ClientMaterial[] {
  return stock.clients.map((client) => {
    const alive = stock.stock.filter((kp) => kp.client === client && isAlive(kp, claim.now));
    const reference = repeatedFor(stock, claim, client) ?? choose(stock, claim, alive)?.reference;
    if (reference !== undefined) return { client, status: "success", reference };
    const status = alive.length > 0 ? "nothingCompatible" : "keyMaterialExhausted";
    return { client, status, reference: undefined };
  });
}

/** What is left in stock after a claim: nothing is handed out twice but what its owner has marked for it. */
export function remaining(stock: StockContext, claim: ClaimRequested): StockedKeyPackage[] {
  const out = new Set(materialFor(stock, claim).map((material) => material.reference));
  return stock.stock.filter((keyPackage) => !out.has(keyPackage.reference) || keyPackage.isLastResort);
}

/** The stock after a claim that was answered with material. */
export function takenOut(stock: StockContext, claim: ClaimRequested): Partial<StockContext> {
  const before = stock.reserved.filter(({ keyPackage }) => isAlive(keyPackage, claim.now));
  const out = materialFor(stock, claim).map((material) => material.reference);
  const reserved = stock.stock
    .filter(({ reference }) => out.includes(reference))
    .map((keyPackage) => ({
      keyPackage,
      request: claim.request,
      requester: claim.requester,
      room: claim.room === "" ? undefined : claim.room,
      at: claim.now,
    }));
  return { stock: remaining(stock, claim), reserved: [...before, ...reserved] };
}

export function added(stock: StockContext, keyPackages: readonly StockedKeyPackage[]): Partial<StockContext> {
  const clients = [...new Set([...stock.clients, ...keyPackages.map((keyPackage) => keyPackage.client)])];
  const known = new Set([
    ...stock.stock.map(({ reference }) => reference),
    ...stock.reserved.map(({ keyPackage }) => keyPackage.reference),
  ]);
  const fresh = keyPackages.filter(({ reference }) => !known.has(reference));
  return { clients, stock: [...stock.stock, ...fresh] };
}

/** For whom a KeyPackage was handed out, so that a Welcome that names it can be judged; the latest first. */
export function reservationsOf(stock: StockContext, reference: string): readonly Reservation[] {
  return stock.reserved.filter(({ keyPackage }) => keyPackage.reference === reference).toReversed();
}

function choose(
  stock: StockContext,
  claim: ClaimRequested,
  alive: readonly StockedKeyPackage[],
): StockedKeyPackage | undefined {
  const fitting = alive.filter((kp) => fits(kp, claim));
  const single = fitting.find((kp) => !kp.isLastResort);
  if (single !== undefined || stock.policy.lastResort === "forbidden") return single;
  return fitting[0];
}

/** What the same request got for this client before. */
function repeatedFor(stock: StockContext, claim: ClaimRequested, client: string): string | undefined {
  if (stock.policy.claimReplay === "fresh") return undefined;
  const before = stock.reserved.find(
    ({ keyPackage, request, at }) =>
      keyPackage.client === client &&
      request === claim.request &&
      at + stock.policy.replayWindow > claim.now &&
      isAlive(keyPackage, claim.now),
  );
  return before?.keyPackage.reference;
}

function fits(keyPackage: StockedKeyPackage, claim: ClaimRequested): boolean {
  return (
    keyPackage.protocol === claim.protocol &&
    claim.acceptableCiphersuites.includes(keyPackage.cipherSuite) &&
    claim.requiredCapabilities.every((needed) => keyPackage.capabilities.includes(needed))
  );
}

function isAlive(keyPackage: StockedKeyPackage, now: number): boolean {
  return keyPackage.notAfter > now;
}
