/** What can go wrong in a run: with messages on their way, and with the servers and clients themselves. */
export { type BitFlip, bitFlip, parseBitFlip } from "./bit-flip.ts";
export { type ActorFault, type Fault, isLinkFault, kindOf, type LinkFault, type Window } from "./fault.ts";
export { linkPolicy } from "./link-policy.ts";
export { type ReplicaIntention, type RunFaults, runFaults, type Strike } from "./of-run.ts";
export { swarm } from "./swarm.ts";
export { swarmFor, swarmPace } from "./swarm-for.ts";
export { FaultTextError, faultForms, formatFault, parseFault } from "./text.ts";
