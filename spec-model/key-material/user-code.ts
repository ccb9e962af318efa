/** Which user code answers a claim. The order of the checks is ours: it decides what a refusal tells. protocol-06 §5.2 */
import { type ClaimRequested, type KeyMaterialPolicy, materialFor, type StockContext } from "./stock.ts";
import type { KeyMaterialUserCode } from "./structures.ts";

/** The code for a user that this provider does not have. */
export function codeForStranger({ refusals }: Pick<KeyMaterialPolicy, "refusals">): KeyMaterialUserCode {
  return refusals === "uniform" ? "noConsent" : "userUnknown";
}

/** The code for a user that this provider has had. */
export function codeForDeleted({ refusals }: Pick<KeyMaterialPolicy, "refusals">): KeyMaterialUserCode {
  return refusals === "uniform" ? "noConsent" : "userDeleted";
}

/** The code where consent is missing; undefined where it is there. */
export function codeWithoutConsent(
  { refusals }: Pick<KeyMaterialPolicy, "refusals">,
  consent: ClaimRequested["consent"],
): KeyMaterialUserCode | undefined {
  if (consent === "granted") return undefined;
  return consent === "otherRoom" && refusals === "detailed" ? "noConsentForThisRoom" : "noConsent";
}

/** Whether none of the user's key material is for the protocol asked for. */
export function isForOtherProtocol({ stock }: StockContext, { protocol }: ClaimRequested): boolean {
  return stock.length > 0 && stock.every((keyPackage) => keyPackage.protocol !== protocol);
}

export function isForNoClient(stock: StockContext, claim: ClaimRequested): boolean {
  return materialFor(stock, claim).every(({ status }) => status !== "success");
}

/** Material for every client is a success, for some of them a partial one. */
export function codeForMaterial(stock: StockContext, claim: ClaimRequested): KeyMaterialUserCode {
  const complete = materialFor(stock, claim).every(({ status }) => status === "success");
  return complete ? "success" : "partialSuccess";
}
