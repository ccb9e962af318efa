/** Searches among a provider's users, answered by the model. protocol-06 §5.8 */
import {
  answerQuery,
  IdentifierRequest,
  type QueryPolicy,
  type SearchableUser,
} from "../../../../spec-model/discovery/index.ts";
import type { Handler } from "../handler.ts";
import { listIn, octetsIn } from "../input.ts";

export const searchHandlers: Readonly<Record<string, Handler>> = {
  "users.search": (input) => {
    const users = listIn(input, "users") as unknown as readonly SearchableUser[];
    const policy = input["policy"] as unknown as QueryPolicy;
    const { responseCode, uri } = answerQuery(
      users,
      policy,
      IdentifierRequest.decode(octetsIn(input, "query")),
    );
    return { outcome: responseCode, output: { uris: uri.map((each) => each.uri) } };
  },
};
