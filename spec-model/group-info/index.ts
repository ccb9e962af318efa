/** The GroupInfo that external joins need. */
export { requesterOf, signGroupInfoRequest } from "./request.ts";
export {
  demandAnswerAbout,
  openGroupInfoResponse,
  sealGroupInfoResponse,
} from "./response.ts";
export * from "./structures.ts";
