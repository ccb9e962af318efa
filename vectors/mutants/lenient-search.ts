/** Providers that make one mistake in a search among their users. protocol-06 §5.8 */
import { hex } from "../../spec-model/bytes.ts";
import {
  defaultQueryPolicy,
  IdentifierRequest,
  type QueryElement,
} from "../../spec-model/discovery/index.ts";
import { listIn, octetsIn } from "../adapters/typescript/input.ts";
import type { Json, JsonObject } from "../format/case.ts";
import { answered, mutant, type StateMutant } from "./state-mutant.ts";

const search = "users.search";

export function searchMutants(): StateMutant[] {
  const withPolicy = (change: JsonObject) => (input: JsonObject) =>
    answered(search, { ...input, policy: { ...(input["policy"] as JsonObject), ...change } });
  return [
    mutant(search, "search by any element", "finds who matches one element of several", (input) =>
      elementsIn(input).some((element) => asked(input, [element]) === "success") ? "success" : undefined,
    ),
    mutant(search, "search by parts", "finds by a part of what has to match as a whole", (input) =>
      asked(
        { ...input, ...everything(input) },
        elementsIn(input).map(({ searchValue }) => ({ searchType: "wholeProfile", searchValue })),
      ),
    ),
    mutant(search, "search of whoever is there", "does not ask what users let be searched", (input) =>
      answered(search, { ...input, ...everything(input) }),
    ),
    mutant(search, "search of everybody", "finds everybody where nothing is asked", (input) =>
      elementsIn(input).length === 0 ? "success" : undefined,
    ),
    mutant(
      search,
      "search at any door",
      "answers where the endpoint is closed",
      withPolicy({ queries: "open" }),
    ),
    mutant(
      search,
      "search by any combination",
      "asks together what may not be asked together",
      withPolicy({ forbiddenTogether: [] }),
    ),
    mutant(
      search,
      "search by names alone",
      "demands no element that matches exactly",
      withPolicy({ demandsExact: false }),
    ),
    mutant(search, "search without an end", "lists all that match", withPolicy({ mostMatches: 1000 })),
    mutant(
      search,
      "search of any field",
      "searches fields that the provider does not search",
      withPolicy({ searchTypes: [...defaultQueryPolicy.searchTypes] }),
    ),
  ];
}

function elementsIn(input: JsonObject): readonly QueryElement[] {
  return IdentifierRequest.decode(octetsIn(input, "query")).queryElements;
}

function asked(input: JsonObject, queryElements: readonly QueryElement[]): string | undefined {
  const query = IdentifierRequest.encode({
    queryElements: [...queryElements],
    idRequestExtensions: { componentData: [] },
  });
  return answered(search, { ...input, query: hex(query) });
}

/** All that is known of all users, to be searched by its parts. */
function everything(input: JsonObject): JsonObject {
  const users = listIn<JsonObject>(input, "users").map((user) => ({
    ...user,
    profile: listIn<JsonObject>(user, "profile").map((entry) => ({ ...entry, searchable: "partial" })),
  }));
  return { users: users as Json };
}
