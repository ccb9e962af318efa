/** The scenarios that come with the toolkit, by name. */
import type { Scenario } from "../scenario/index.ts";
import clubhouse from "./clubhouse.ts";
import mixedStack from "./mixed-stack.ts";

export const scenarios: ReadonlyMap<string, Scenario> = new Map(
  [clubhouse, mixedStack].map((scenario) => [scenario.name, scenario]),
);
