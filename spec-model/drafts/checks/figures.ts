/** Checks of ladder figures against their own steps. */
import { modelledRevision } from "../compare/index.ts";
import type { Block, Draft } from "../document/index.ts";
import {
  type Arrow,
  deviationsFrom,
  isNameOf,
  type Ladder,
  readLadder,
  type Step,
} from "../figures/index.ts";
import type { CheckContext } from "./context.ts";

export function checkFigures(context: CheckContext): void {
  const { drafts, report } = context;
  for (const { draft } of drafts) {
    for (const block of draft.blocks) {
      const ladder = readLadder(block.lines);
      if (ladder === undefined || ladder.arrows.length < 2) continue;
      checkRun(ladder, block, draft, context);
      const isLoose = checkArrows(ladder, block, report);
      if (ladder.steps.length === 0) continue;
      checkActors(ladder, block, report);
      if (!isLoose) checkRequests(ladder, block, report);
    }
  }
}

/** The flow as the model runs it, where somebody gives such runs. */
function checkRun(ladder: Ladder, block: Block, draft: Draft, { flowsOf, report }: CheckContext): void {
  const revision = modelledRevision(draft);
  if (revision === undefined) return;
  for (const { place, token, message } of deviationsFrom(flowsOf(revision), ladder) ?? []) {
    report("figure-model-run", place ?? block.opened, token, message, { section: block.section });
  }
}

/** Tells of arrows that end nowhere; gives whether there are any. Only where all but one or two arrows are drawn well: other figures are no ladders. */
function checkArrows({ arrows }: Ladder, { section }: Block, report: CheckContext["report"]): boolean {
  const loose = arrows.filter(({ from, to }) => (from === undefined) !== (to === undefined));
  const lost = arrows.filter(({ from, to }) => from === undefined && to === undefined);
  if (lost.length > 0 || loose.length > 2 || arrows.length < 3) return false;
  for (const { from, to, place } of loose) {
    const end = from === undefined ? "begin" : "end";
    report("figure-arrow", place, to ?? from ?? "", `this arrow does not ${end} at a lifeline`, { section });
  }
  return loose.length > 0;
}

function isLifeline(actor: string, { lifelines }: Ladder): boolean {
  return lifelines.some(({ name }) => isNameOf(actor, name));
}

function checkActors(ladder: Ladder, { section }: Block, report: CheckContext["report"]): void {
  for (const { from, to, place } of ladder.steps) {
    for (const actor of [from, to ?? from]) {
      if (isLifeline(actor, ladder)) continue;
      const names = ladder.lifelines.map(({ name }) => name).join(", ");
      report("figure-actor", place, actor, `the figure has no lifeline for ${actor}, only ${names}`, {
        section,
      });
      break;
    }
  }
}

/** Requests are told by their endpoints: both sides have the same ones, as often. */
function checkRequests(ladder: Ladder, { section }: Block, report: CheckContext["report"]): void {
  const drawn = ladder.arrows.filter(({ label }) => endpointIn(label) !== undefined);
  const told = ladder.steps.filter(({ to, text }) => to !== undefined && methodPath.test(text));
  if (drawn.length === 0 || told.length === 0) return;
  const left = [...drawn];
  const unmatched: Step[] = [];
  for (const step of told) {
    if (!isLifeline(step.from, ladder) || !isLifeline(step.to ?? "", ladder)) continue;
    const index = left.findIndex((arrow) => isSame(arrow, step));
    if (index !== -1) left.splice(index, 1);
    else {
      unmatched.push(step);
      const name = endpointIn(step.text) ?? "";
      report(
        "figure-steps",
        step.place,
        `/${name}`,
        `the figure has no arrow for /${name} from ${step.from} to ${step.to}`,
        { section },
      );
    }
  }
  for (const { label, from, to, place } of left) {
    if (
      from === undefined ||
      to === undefined ||
      unmatched.some((step) => isTypo({ label, from, to, place }, step))
    )
      continue;
    report(
      "figure-steps",
      place,
      `/${endpointIn(label)}`,
      `no step describes /${endpointIn(label)} from ${from} to ${to}`,
      { section },
    );
  }
}

const methodPath = /^(?:GET|POST|PUT|DELETE|PATCH) \//;

function endpointIn(text: string): string | undefined {
  return /(?:^|\s)\/([A-Za-z]\w*)/.exec(text)?.[1];
}

function isSame({ from, to, label }: Arrow, step: Step): boolean {
  return (
    from !== undefined &&
    to !== undefined &&
    isNameOf(step.from, from) &&
    isNameOf(step.to ?? "", to) &&
    endpointIn(label) === endpointIn(step.text)
  );
}

/** The step for it has been told to have no arrow: one slip, one finding. */
function isTypo({ from, to }: Arrow, step: Step): boolean {
  if (from === undefined || to === undefined) return false;
  return [step.from, step.to ?? ""].some((actor) => isNameOf(actor, from) || isNameOf(actor, to));
}
