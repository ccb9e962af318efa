/** Which media types a room takes. room-policy-04 §6.4, media types as in mls-extensions §6.2 */
import { allowed, type Decision, refuse } from "../policy/decision.ts";
import type { Plain, RoomPolicy } from "../policy-facts.ts";
import type { MediaType } from "../structures/index.ts";

type PlainMediaType = Plain<MediaType>;

export function decideMediaType({ assets }: Partial<RoomPolicy>, mediaType: PlainMediaType): Decision {
  if (assets === undefined) return allowed;
  const { forbiddenMediaTypes, permittedMediaTypes } = assets;
  if (forbiddenMediaTypes.some((entry) => covers(entry, mediaType))) {
    return refuse("media-type-permitted", `${mediaType.type} is forbidden`);
  }
  const permitted = permittedMediaTypes?.some((entry) => covers(entry, mediaType)) ?? true;
  return permitted ? allowed : refuse("media-type-permitted", `${mediaType.type} is not permitted`);
}

/** An entry without parameters stands for all parameters; type names have no case. */
function covers(entry: PlainMediaType, mediaType: PlainMediaType): boolean {
  if (entry.type.toLowerCase() !== mediaType.type.toLowerCase()) return false;
  return entry.parameters.length === 0 || parametersOf(entry) === parametersOf(mediaType);
}

function parametersOf({ parameters }: PlainMediaType): string {
  const pairs = parameters.map(({ parameterName, parameterValue }) => [
    parameterName.toLowerCase(),
    parameterValue,
  ]);
  return JSON.stringify(pairs.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)));
}
