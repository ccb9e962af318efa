/** All defects that runs can have. */
import type { Defect } from "../variant.ts";
import { carrierDefects } from "./carriers.ts";
import { clientDefects } from "./clients.ts";
import { comerDefects } from "./comers.ts";
import { connectionDefects } from "./connections.ts";
import { disclosures } from "./disclosures.ts";
import { formatDefects } from "./formats.ts";
import { frankingAgentDefects } from "./franking-agents.ts";
import { machineDefects } from "./machines.ts";
import { misdirections } from "./misdirected.ts";
import { ruleDefects } from "./rules.ts";
import { sayingDefects } from "./sayings.ts";
import { timelineDefects } from "./timelines.ts";

export const defects: readonly Defect[] = [
  ...machineDefects,
  ...carrierDefects,
  ...formatDefects,
  ...misdirections,
  ...disclosures,
  ...clientDefects,
  ...comerDefects,
  ...sayingDefects,
  ...timelineDefects,
  ...ruleDefects,
  ...frankingAgentDefects,
  ...connectionDefects,
];
