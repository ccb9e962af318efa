/** Requests for GroupInfo, and the hub's signed and encrypted answer. protocol-06 §5.6 */
import type { VectorGroup } from "../../format/case.ts";
import type { Group } from "./group.ts";
import { asks, validRequests, wrongRequests } from "./group-info-request.ts";
import { answers, validResponses, wrongResponses } from "./group-info-response.ts";
import type { Scene } from "./keys.ts";
import { contentCase } from "./sign-content.ts";

export function groupInfoGroups(scenes: readonly Scene[], groups: readonly Group[]): VectorGroup[] {
  return scenes.flatMap((scene, index) => {
    const group = groups[index];
    const [requests, responses] = [
      validRequests(scene),
      group === undefined ? [] : validResponses(scene, group),
    ];
    const about = `cipher suite ${scene.suite.id}`;
    return [
      {
        operation: "group-info-request.verify",
        comment: `Requests of ${about}`,
        input: { cipherSuite: scene.suite.id },
        tests: [...requests, ...wrongRequests(scene, requests)],
      },
      {
        operation: "group-info-response.open",
        comment: `Answers of ${about}`,
        input: { cipherSuite: scene.suite.id },
        tests: [
          ...responses.map(({ case: each }) => each),
          ...responses.slice(0, 1).flatMap((each) => wrongResponses(scene, each)),
        ],
      },
      {
        operation: "signature.content",
        comment: `What requests of ${about} sign`,
        input: { structure: "GroupInfoRequest" },
        tests: requests.map((each) => contentCase(each, "GroupInfoRequest", asks)),
      },
      {
        operation: "signature.content",
        comment: `What answers of ${about} sign`,
        input: { structure: "GroupInfoResponse" },
        tests: responses.map(({ case: each }) => contentCase(each, "GroupInfoResponse", answers)),
      },
    ];
  });
}
