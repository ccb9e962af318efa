/** Checks of endpoints: the directory's templates against the requests in sections, figures and prose. protocol-06 §5.1 */
import { type Analysed, meant } from "../analysis/index.ts";
import { type Line, type Place, placeIn, type Section } from "../document/index.ts";
import type { CheckContext } from "./context.ts";

interface Endpoint {
  readonly name: string;
  readonly path: string;
  readonly variables: readonly string[];
  readonly place: Place;
}

interface Request {
  readonly method: string;
  readonly segments: readonly string[];
  readonly place: Place;
  readonly section: Section;
  readonly inFigure: boolean;
}

const requestPattern = /\b(GET|POST|PUT|DELETE|PATCH) (\/[^\s"'`]*)/g;
const labelPattern = /(?<=[|+\s])(\/[A-Za-z][A-Za-z]+)(?=\s)/g;

export function checkEndpoints(context: CheckContext): void {
  for (const analysed of context.drafts) {
    const directory = directoryOf(analysed, context);
    if (directory.length < 2) continue;
    const requests = requestsIn(analysed);
    for (const request of requests) checkRequest(request, directory, context);
    checkPaths(requests, context);
  }
}

/** The members of the document that has templates for values; their syntax is checked on the way. */
function directoryOf(analysed: Analysed, context: CheckContext): Endpoint[] {
  for (const { block, text, placeAt } of [...analysed.blocks("json"), ...analysed.blocks("http")]) {
    const members = [...text.matchAll(/"([A-Za-z]\w*)"\s*:?\s*"(https:\/\/[^"]*)"/g)];
    if (members.length < 3 || !members.some(([, , url = ""]) => url.includes("{"))) continue;
    return members.map((match) => {
      const [whole, name = "", url = ""] = match;
      const at = match.index + whole.lastIndexOf(url);
      tellTemplate(name, url, placeAt(at), block.section, context);
      const path = url.replace(/^https:\/\/[^/]*/, "");
      return { name, path, variables: variablesIn(url), place: placeAt(match.index) };
    });
  }
  return [];
}

function variablesIn(template: string): string[] {
  return [...template.matchAll(/\{[+/?&#.;]?([\w,]+)\*?\}/g)].flatMap((match) => (match[1] ?? "").split(","));
}

function tellTemplate(
  name: string,
  url: string,
  place: Place,
  section: Section,
  { report }: CheckContext,
): void {
  const opened = url.split("{").length;
  const closed = url.split("}").length;
  if (opened !== closed)
    report("http-template", place, name, `a brace is missing in the template of ${name}`, { section });
  else if (/[^/={,]\{\w/.test(url)) {
    report("http-template", place, name, `there is no slash before the variable in the template of ${name}`, {
      section,
      fix: `write ${url.replace(/([^/={,])\{/, "$1/{")}`,
    });
  } else if (
    !url.includes(name) &&
    !url
      .replace(/^https:\/\/[^/]*/, "")
      .toLowerCase()
      .includes(name.toLowerCase().slice(0, 4))
  ) {
    return;
  } else {
    const own = url.split("/").find((segment) => segment !== name && meant(segment, [name]) === name);
    if (own !== undefined)
      report("http-template", place, name, `the template of ${name} has ${own} in its path`, {
        section,
        fix: `write ${name}`,
      });
  }
}

function requestsIn({ draft }: Analysed): Request[] {
  const found: Request[] = [];
  const add = (line: Line, section: Section, inFigure: boolean) => {
    for (const match of line.text.matchAll(requestPattern)) {
      const [, method = "", path = ""] = match;
      const segments = path.split("/").slice(1);
      if (segments[0]?.startsWith(".") || segments[0] === "") continue;
      found.push({
        method,
        segments,
        place: placeIn(line, match.index + method.length + 1),
        section,
        inFigure,
      });
    }
    if (!inFigure || (line.text.includes("->") && /\w->\w/.test(line.text))) return;
    for (const match of line.text.matchAll(labelPattern)) {
      found.push({
        method: "",
        segments: (match[1] ?? "").split("/").slice(1),
        place: placeIn(line, match.index),
        section,
        inFigure,
      });
    }
  };
  for (const { lines, section } of draft.blocks) {
    const isFigure = lines.filter(({ text }) => /[-~=:]{3,}>|<[-~=:]{3,}/.test(text)).length > 1;
    for (const line of lines) add(line, section, isFigure);
  }
  for (const { lines, section } of draft.prose) for (const line of lines) add(line, section, false);
  return found;
}

function checkRequest(
  { segments, place, section, inFigure }: Request,
  directory: readonly Endpoint[],
  { report }: CheckContext,
): void {
  const [name = "", variable = ""] = segments;
  if (!/^[A-Za-z]\w*$/.test(name)) return;
  const endpoint = directory.find((each) => each.name === name || each.path.split("/").includes(name));
  if (endpoint === undefined) {
    const prefix = directory.find(
      (each) => each.name.toLowerCase().startsWith(name.toLowerCase()) && name.length > 3,
    )?.name;
    const near =
      prefix ??
      meant(
        name,
        directory.map((each) => each.name),
      );
    report("http-endpoint", place, `/${name}`, `the directory has no endpoint called ${name}`, {
      section,
      ...(near !== undefined && { fix: `did you mean ${near}?` }),
    });
    return;
  }
  const [own] = variablesIn(variable);
  if (own === undefined || inFigure || endpoint.variables.includes(own) || endpoint.variables.length === 0)
    return;
  report(
    "http-variable",
    place,
    own,
    `the directory has {${endpoint.variables.join("}, {")}} where ${name} has {${own}}`,
    { section },
  );
}

/** Identifiers in requests of the figures: the one that differs from what the others have is a slip. */
function checkPaths(requests: readonly Request[], { report }: CheckContext): void {
  const counts = new Map<string, number>();
  const paths = requests.filter(({ segments }) => segments.length > 1 && !segments.join("/").includes("{"));
  const identifier = ({ segments }: Request) => segments.slice(1).join("/");
  for (const request of paths) counts.set(identifier(request), (counts.get(identifier(request)) ?? 0) + 1);
  for (const request of paths) {
    const own = identifier(request);
    const oftener = [...counts].filter(([, count]) => count >= 3 && count >= 2 * (counts.get(own) ?? 0));
    const others = oftener.map(([path]) => path);
    const near = meant(own, others) ?? others.find((path) => withoutSegment(path, own));
    if (near === undefined) continue;
    report("uri-inconsistent", request.place, own, `${own} is called ${near} elsewhere`, {
      section: request.section,
      fix: `write ${near}`,
    });
  }
}

function withoutSegment(path: string, own: string): boolean {
  const segments = path.split("/");
  return segments.some((_, i) => segments.filter((__, j) => j !== i).join("/") === own);
}
