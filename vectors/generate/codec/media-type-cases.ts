/** What a client can receive, held against what the group requires. mls-extensions §6.2 */
import { hex, utf8 } from "../../../spec-model/bytes.ts";
import { MediaType, MediaTypeList } from "../../../spec-model/mls/index.ts";
import type { VectorCase, VectorGroup } from "../../format/case.ts";
import { negative, positive } from "../cases.ts";

const rules = ["mls-extensions-6.2.3-advertises", "mls-extensions-6.2.3-not-without-types"];

const typed = (type: string, ...parameters: readonly (readonly [string, string])[]): MediaType => ({
  type: utf8(type),
  parameters: parameters.map(([name, value]) => ({ parameterName: utf8(name), parameterValue: utf8(value) })),
});
const listOf = (...mediaTypeList: MediaType[]) => hex(MediaTypeList.encode({ mediaTypeList }));
const octetsOf = (types: readonly MediaType[]) => types.map((each) => hex(MediaType.encode(each)));

const mimi = typed("application/mimi-content");
const markdown = typed("text/markdown", ["variant", "GFM-MIMI"]);
const plain = typed("text/plain", ["charset", "UTF-8"]);
const required = [mimi, markdown];

export function mediaTypeGroups(): VectorGroup[] {
  const tests = fitting();
  const [parent] = tests;
  return [
    {
      operation: "media-types.compare",
      comment: "Clients of a group with required media types",
      input: {},
      tests: [...tests, ...(parent === undefined ? [] : [...lacking(parent), ...unsound(parent)])],
    },
  ];
}

function fitting(): VectorCase[] {
  const kinds: readonly (readonly [string, string, readonly MediaType[], readonly MediaType[]])[] = [
    ["usual", "a client that advertises what is required", required, required],
    ["more", "a client that advertises more", required, [plain, mimi, markdown, typed("image/png")]],
    ["order", "a client that advertises it in another order", required, [markdown, mimi]],
    ["one", "one type", [mimi], [mimi]],
    ["two-variants", "one type with two parameters", [plain], [typed("text/plain"), plain]],
  ];
  return kinds.map(([slug, comment, wanted, advertised]) =>
    positive({
      id: `media-types-${slug}`,
      comment,
      requirements: rules,
      level: "SHOULD",
      outcome: "fits",
      input: { required: listOf(...wanted), advertised: listOf(...advertised) },
      output: { lacking: [] },
    }),
  );
}

function lacking(parent: VectorCase): VectorCase[] {
  const kinds: readonly (readonly [
    string,
    string,
    readonly MediaType[] | undefined,
    readonly MediaType[],
  ])[] = [
    ["lacks-second", "the client lacks the second type", [mimi, plain], [markdown]],
    ["lacks-first", "the client lacks the first type", [markdown, plain], [mimi]],
    ["lacks-all", "the client has other types", [plain, typed("image/png")], required],
    ["silent", "the client advertises nothing", undefined, required],
    [
      "no-parameter",
      "the client has the second type without its parameter",
      [mimi, typed("text/markdown")],
      [markdown],
    ],
    [
      "other-value",
      "the parameter of the second type has another value",
      [mimi, typed("text/markdown", ["variant", "GFM"])],
      [markdown],
    ],
    [
      "beginning",
      "the client has a type that begins like the first",
      [typed("application/mimi"), markdown],
      [mimi],
    ],
  ];
  return kinds.map(([slug, op, advertised, missing]) =>
    negative(parent, {
      slug,
      flag: "Lacks",
      path: "MediaTypeList.media_type_list",
      op,
      outcome: "lacks",
      change: { advertised: advertised === undefined ? undefined : listOf(...advertised) },
      output: { lacking: octetsOf(missing) },
    }),
  );
}

function unsound(parent: VectorCase): VectorCase[] {
  const kinds: readonly (readonly [string, string, string, string, readonly MediaType[]])[] = [
    ["empty", "Nothing", "6.2.1-lists-not-empty", "a list without types", []],
    ["nameless", "Name", "6.2.1-lists-not-empty", "a type without a name", [mimi, markdown, typed("")]],
    [
      "quoted",
      "Quoted",
      "6.2.2-parameter-values",
      "a parameter with quotation marks",
      [...required, typed("text/plain", ["charset", '"UTF-8"'])],
    ],
    [
      "escaped",
      "Quoted",
      "6.2.2-parameter-values",
      "a parameter with an escape",
      [...required, typed("text/plain", ["charset", "UTF\\-8"])],
    ],
  ];
  return kinds.flatMap(([slug, flag, rule, op, types]) => {
    const refused = (member: "required" | "advertised", which: string) =>
      negative(parent, {
        slug: `${slug}-${which}`,
        flag,
        path: `MediaTypeList.media_type_list`,
        op: `${op} in the list of the ${which}`,
        outcome: "invalid",
        level: "MUST",
        requirements: [`mls-extensions-${rule}`],
        change: { [member]: listOf(...types) },
      });
    return [refused("advertised", "client"), refused("required", "group")];
  });
}
