/** How scenarios are told. */
export type { Chapter, ClientSetting, Moment, ProviderSetting, Scenario } from "./scenario.ts";
export { chapter, client, person, provider, room, scenario } from "./story.ts";
