/** What is in a message's body, and what clients show of texts, answered by the model. content-09 §4.4, §4.5, §7.1 and §9.2 */
import { hex } from "../../../spec-model/bytes.ts";
import {
  danglingReferences,
  decodeContent,
  escapeHtmlTags,
  htmlTagsIn,
  inconsistenciesOf,
  indexedParts,
  openContent,
  referencesIn,
  saltFrom,
} from "../../../spec-model/content/index.ts";
import { readDescription } from "../../../spec-model/room/index.ts";
import type { Handler } from "./handler.ts";
import { octetsIn } from "./input.ts";

export const bodyHandlers: Readonly<Record<string, Handler>> = {
  "content.references": (input) => {
    const body = decodeContent(octetsIn(input, "bytes")).nestedPart;
    const references = indexedParts(body).flatMap(({ index, part }) =>
      referencesIn(part).map((to) => [index, to]),
    );
    return {
      outcome: danglingReferences(body).length === 0 ? "sound" : "dangling",
      output: { references },
    };
  },
  "content.salt": (input) => ({
    outcome: "salt",
    output: { salt: hex(saltFrom(octetsIn(input, "secret"), octetsIn(input, "nonce"))) },
  }),
  "content.markdown-tags": ({ text }) => {
    const tags = htmlTagsIn(String(text)).map(({ tag }) => tag);
    return { outcome: tags.length === 0 ? "none" : "tags", output: { tags } };
  },
  "content.markdown-escape": ({ text }) => ({
    outcome: "escaped",
    output: { text: escapeHtmlTags(String(text)) },
  }),
  "room.description": (input) => {
    const given = { mediaType: String(input["mediaType"]), descriptionContent: octetsIn(input, "content") };
    const { mediaType, text } = readDescription(given);
    if (text === undefined) return { outcome: "other", output: { mediaType } };
    return { outcome: "text", output: { mediaType, text } };
  },
};

export const externalHandlers: Readonly<Record<string, Handler>> = {
  "content.open-external": (input) => {
    const part = decodeContent(octetsIn(input, "bytes")).nestedPart;
    if (part.cardinality !== "external") throw new Error("the body is no external part");
    const [contradiction] = inconsistenciesOf(part);
    if (contradiction !== undefined) return { outcome: "refused", says: contradiction };
    const opened = openContent(part, octetsIn(input, "downloaded"), Number(input["now"]));
    if (!opened.ok) return { outcome: "refused", says: opened.problem };
    return { outcome: "opened", output: { content: hex(opened.content) } };
  },
};
