/** Which revision of a draft is modelled. */
import type { Draft } from "../document/index.ts";
import { drafts } from "../revisions/index.ts";

/** The short name of the revision that is modelled of this draft (`protocol-06`); undefined where none is. */
export function modelledRevision({ name }: Draft): string | undefined {
  const plain = (text: string) => text.replace(/-(?:\d\d|latest)$/, "");
  return drafts.find(
    ({ document }) => plain(document) === plain(name) || document.startsWith(`${plain(name)},`),
  )?.short;
}
