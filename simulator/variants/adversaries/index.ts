/** All adversaries that runs can have. */
import type { Adversary } from "../variant.ts";
import { committers } from "./committers.ts";
import { companies } from "./companies.ts";
import { describers } from "./describers.ts";
import { followers } from "./followers.ts";
import { hubs } from "./hubs.ts";
import { meddlers } from "./meddlers.ts";
import { outsiders } from "./outsiders.ts";
import { speakers } from "./speakers.ts";
import { welcomers } from "./welcomers.ts";

export { type Assumption, assumptions } from "./assumptions.ts";

export const adversaries: readonly Adversary[] = [
  ...followers,
  ...meddlers,
  ...hubs,
  ...committers,
  ...welcomers,
  ...describers,
  ...speakers,
  ...outsiders,
  ...companies,
];
