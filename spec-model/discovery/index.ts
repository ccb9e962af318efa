/** Finding users at other providers. */
export { answerQuery, defaultQueryPolicy, type QueryPolicy, refusalOf } from "./answer-query.ts";
export { type ProfileEntry, type SearchableUser, withSearchability } from "./profile.ts";
export * from "./structures.ts";
