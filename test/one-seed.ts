/**
 * One seed for every property test, so that a run that fails can be repeated as it was: `FC_SEED=7 npm test` tries
 * another, and what it finds becomes a regression case.
 */
import fc from "fast-check";

fc.configureGlobal({ seed: Number(process.env["FC_SEED"] ?? 9420) });
