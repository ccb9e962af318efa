/** Providers that answer identifier queries wrongly. protocol-06 §5.8 */
import {
  defaultQueryPolicy,
  type QueryElement,
  type QueryPolicy,
  type SearchableUser,
  withSearchability,
} from "../../../spec-model/discovery/index.ts";
import type { Faculties } from "../faculties.ts";
import { type AnswerDefect, by, type Row } from "./mistake.ts";

type Answers = Faculties["answerQuery"];
type Asked = Parameters<Answers>;

const otherwise =
  (answer: (honest: Answers, ...asked: Asked) => ReturnType<Answers>) =>
  ({ answerQuery }: Faculties): Partial<Faculties> => ({
    answerQuery: (...asked) => answer(answerQuery, ...asked),
  });
const underPolicy = (change: (policy: QueryPolicy) => Partial<QueryPolicy>) =>
  otherwise((honest, users, policy, request) => honest(users, { ...policy, ...change(policy) }, request));

/** Where nobody is found, whoever has a field with the wanted value as a part of it. */
function alsoParts(...types: readonly QueryElement["searchType"][]) {
  return otherwise((honest, users, policy, request) => {
    const first = honest(users, policy, request);
    const [element] = request.queryElements;
    if (first.responseCode !== "notFound" || element === undefined || !types.includes(element.searchType))
      return first;
    const has = ({ profile }: SearchableUser) =>
      profile.some(({ value }) => value.includes(element.searchValue));
    const found = users.filter(has);
    return found.length === 0
      ? first
      : { ...first, responseCode: "success", uri: found.map(({ user }) => ({ uri: user })) };
  });
}

const rows: readonly Row[] = [
  [
    "provider-finds-by-any-element",
    "finds who matches one of the elements",
    ["protocol-5.8-all-elements"],
    otherwise((honest, users, policy, request) => {
      const each = request.queryElements.map((element) =>
        honest(users, policy, { ...request, queryElements: [element] }),
      );
      return each.find(({ responseCode }) => responseCode === "success") ?? honest(users, policy, request);
    }),
  ],
  [
    "provider-finds-by-part-of-handle",
    "finds who has a part of a handle or telephone number",
    ["protocol-5.8-exact-fields"],
    alsoParts("handle", "phone"),
  ],
  [
    "provider-finds-by-part-of-claim",
    "finds who has a part of a claim or property",
    ["protocol-5.8-claims-exact"],
    alsoParts("oidcStdClaim", "vcardField"),
  ],
  [
    "provider-minds-case-of-names",
    "compares parts of names letter by letter, capitals apart",
    ["protocol-5.8-partial-name"],
    otherwise((honest, users, policy, request) => {
      const part = request.queryElements.find(({ searchType }) => searchType === "partialName")?.searchValue;
      const fits = ({ profile }: SearchableUser) =>
        part === undefined || profile.some(({ value }) => value.includes(part));
      return honest(users.filter(fits), policy, request);
    }),
  ],
  [
    "provider-searches-names-only",
    "takes a search of the whole profile for one of names",
    ["protocol-5.8-whole-profile"],
    otherwise((honest, users, policy, request) =>
      honest(users, policy, {
        ...request,
        queryElements: request.queryElements.map((element) =>
          element.searchType === "wholeProfile" ? { ...element, searchType: "partialName" } : element,
        ),
      }),
    ),
  ],
  [
    "provider-finds-everybody",
    "searches what its users do not let be searched",
    ["protocol-5.8-only-searchable"],
    otherwise((honest, users, policy, request) =>
      honest(
        users.map((each) => ({ ...each, profile: withSearchability(each.profile, "partial") })),
        policy,
        request,
      ),
    ),
  ],
  [
    "provider-lists-one",
    "lists the first who matches, and no other",
    ["protocol-5.8-success"],
    otherwise((honest, ...asked) => {
      const { uri, foundProfiles, ...rest } = honest(...asked);
      return { ...rest, uri: uri.slice(0, 1), foundProfiles: foundProfiles.slice(0, 1) };
    }),
  ],
  [
    "provider-succeeds-with-nobody",
    "calls it a success to have found nobody",
    ["protocol-5.8-not-found", "protocol-5.8-success"],
    otherwise((honest, ...asked) => {
      const answer = honest(...asked);
      return answer.responseCode === "notFound" ? { ...answer, responseCode: "success" } : answer;
    }),
  ],
  [
    "provider-is-never-ambiguous",
    "answers what should be asked more exactly",
    ["protocol-5.8-ambiguous"],
    underPolicy(() => ({ demandsExact: false, mostMatches: 1000 })),
  ],
  [
    "provider-forbids-no-query",
    "answers what may not be asked",
    ["protocol-5.8-forbidden"],
    underPolicy(() => ({ queries: "open", forbiddenTogether: [] })),
  ],
  [
    "provider-supports-no-field-less",
    "calls it notFound where it does not search a field",
    ["protocol-5.8-unsupported-field"],
    underPolicy(() => ({ searchTypes: defaultQueryPolicy.searchTypes })),
  ],
];

export const searchMistakes: readonly AnswerDefect[] = by("provider", rows);
