/** Oblivious HTTP: requests that a relay passes on unread, and a gateway answers without knowing who asks. RFC 9458 */
export {
  type BinaryRequest,
  type BinaryResponse,
  decodeRequest,
  decodeResponse,
  encodeRequest,
  encodeResponse,
} from "./binary-http.ts";
export {
  decapsulateRequest,
  decapsulateResponse,
  encapsulateRequest,
  encapsulateResponse,
  type ResponseKeys,
} from "./encapsulate.ts";
export { OhttpError, type OhttpErrorCode } from "./errors.ts";
export {
  configurationOf,
  decodeKeyConfiguration,
  encodeKeyConfiguration,
  type GatewayKey,
  type KeyConfiguration,
} from "./key-configuration.ts";
