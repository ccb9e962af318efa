/** All defects that runs can have. */
import type { Defect } from "../variant.ts";
import { machineDefects } from "./machines.ts";
import { ruleDefects } from "./rules.ts";

export const defects: readonly Defect[] = [...machineDefects, ...ruleDefects];
