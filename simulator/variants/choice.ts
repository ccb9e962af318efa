/** What is chosen of the variants, as text: `hub-mixes-franks-up`, `policy.unban=literal`, `follower-drops@b.example`. */
import { closest } from "../../spec-model/closest.ts";
import type { RunningActor } from "../running-actor.ts";
import { adversaries } from "./adversaries/index.ts";
import type { Alteration, Company } from "./alteration.ts";
import { alteredActor } from "./altered-actor.ts";
import type { Cast } from "./cast.ts";
import { defects } from "./defects/index.ts";
import { questions } from "./questions.ts";
import { kindsOf, type Variant } from "./variant.ts";

export const variants: readonly Variant[] = [...questions, ...defects, ...adversaries];

/** A text that names no variant; the message says what would be one. */
export class VariantTextError extends Error {
  override readonly name = "VariantTextError";
}

/** A variant with the answer that is given, where it is a question, and the one actor that has it, where not all do. */
export interface Choice {
  readonly variant: Variant;
  readonly answer?: string;
  readonly actor?: string;
}

/** The choice that `text` describes. Throws VariantTextError. */
export function parseChoice(text: string): Choice {
  const [, id = "", answer, actor] = /^([^=@]+)(?:=([^@]+))?(?:@(.+))?$/.exec(text.trim()) ?? [];
  const variant = variants.find((each) => each.id === id);
  if (variant === undefined) throw new VariantTextError(unknown(id === "" ? text : id));
  const of = actor === undefined ? {} : { actor };
  if (variant.kind !== "question") {
    if (answer === undefined) return { variant, ...of };
    throw new VariantTextError(`${id} is no question and takes no answer`);
  }
  const others = Object.keys(variant.answers).filter((each) => each !== variant.default);
  const [only] = others;
  if (answer === undefined && others.length === 1 && only !== undefined)
    return { variant, answer: only, ...of };
  if (answer !== undefined && Object.hasOwn(variant.answers, answer)) return { variant, answer, ...of };
  const given = answer === undefined ? "has several other answers" : `has no answer "${answer}"`;
  throw new VariantTextError(`${id} ${given}; there are ${Object.keys(variant.answers).join(", ")}`);
}

/** The text that `parseChoice` reads back. */
export function formatChoice({ variant, answer, actor }: Choice): string {
  return `${variant.id}${answer === undefined ? "" : `=${answer}`}${actor === undefined ? "" : `@${actor}`}`;
}

/** What is wrong with choices for one actor, where it is none of the cast's or cannot play the part; in one line. */
export function unplayable(choices: readonly Choice[], cast: Cast): string | undefined {
  const clients = cast.clients.map(({ client }) => client);
  const domains = cast.providers.map(({ domain }) => domain);
  for (const choice of choices) {
    if (choice.actor === undefined) continue;
    const kinds = kindsOf(choice.variant.party);
    const able = [
      ...(kinds.includes("provider") ? domains : []),
      ...(kinds.includes("client") ? clients : []),
    ];
    if (!able.includes(choice.actor))
      return `${formatChoice(choice)}: the actor is one of ${able.join(", ")}`;
  }
  return undefined;
}

/** As the header of a trace has them. */
export function choicesAsRecord(choices: readonly Choice[]): Record<string, string> {
  return Object.fromEntries(
    choices.map(({ variant, answer, actor }) => [
      `${variant.id}${actor === undefined ? "" : `@${actor}`}`,
      answer ?? "yes",
    ]),
  );
}

/** What the choices change about one actor: a client by its URI, a provider by its domain. */
export function alterationsFor(choices: readonly Choice[], actor: string): readonly Alteration[] {
  const kind = actor.startsWith("mimi:") ? "client" : "provider";
  return choices.flatMap(({ variant, answer, actor: only }) => {
    if (!kindsOf(variant.party).includes(kind) || (only !== undefined && only !== actor)) return [];
    if (variant.kind !== "question") return [variant.alteration];
    return answer === undefined || answer === variant.default ? [] : [variant.alteration(answer)];
  });
}

/** The actors of a run as the choices make them. */
export function chosenActors(
  choices: readonly Choice[],
  actors: readonly RunningActor[],
): readonly RunningActor[] {
  const byId = new Map(actors.map((actor) => [actor.id, actor]));
  const company: Company = {
    told: new Map(),
    stateOf: (id) => byId.get(id)?.state(),
    actors: [...byId.keys()],
  };
  return actors.map((actor) => {
    const alterations = alterationsFor(choices, actor.id);
    return alterations.length === 0 ? actor : alteredActor(actor, alterations, company);
  });
}

function unknown(id: string): string {
  const guess = closest(
    id,
    variants.map((each) => each.id),
  );
  const hint = guess === undefined ? "mimi variants lists them" : `did you mean "${guess}"?`;
  return `there is no variant "${id}"; ${hint}`;
}
