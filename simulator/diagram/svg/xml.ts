/** Writes XML elements with escaped text; numbers are rounded, so that no run differs in a last digit. */

/** An attribute's value; undefined leaves the attribute out. */
type Attributes = Readonly<Record<string, string | number | undefined>>;

/** `<name attribute="...">children</name>`; the children are XML already. */
export function element(name: string, attributes: Attributes, ...children: readonly string[]): string {
  const written = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined
      ? []
      : [` ${key}="${typeof value === "number" ? Math.round(value) : escapeXml(value)}"`],
  );
  const start = `<${name}${written.join("")}`;
  return children.length === 0 ? `${start}/>` : `${start}>${children.join("")}</${name}>`;
}

/** `text` as XML text: markup is escaped, and what no XML document may hold becomes U+FFFD. */
export function escapeXml(text: string): string {
  return [...text].map((sign) => escapes.get(sign) ?? (isAllowed(sign) ? sign : "\ufffd")).join("");
}

const escapes: ReadonlyMap<string, string> = new Map([
  ["&", "&amp;"],
  ["<", "&lt;"],
  [">", "&gt;"],
  ['"', "&quot;"],
  ["\t", " "],
  ["\n", " "],
  ["\r", " "],
]);

function isAllowed(sign: string): boolean {
  const code = sign.codePointAt(0) ?? 0;
  return code >= 0x20 && !(code >= 0xd800 && code <= 0xdfff) && code !== 0xfffe && code !== 0xffff;
}
