/** The content family: containers, message IDs, what to keep, timelines, status reports. */
import type { Note, Suite } from "../../format/case.ts";
import { bodyGroups } from "./body-cases.ts";
import { contentGroups, statusGroups } from "./cbor-cases.ts";
import { judgeGroups, messageIdGroups } from "./judge-cases.ts";
import { nestingGroup } from "./nesting-cases.ts";
import { timelineGroups } from "./timeline-cases.ts";

export function contentSuites(): Suite[] {
  const common = { family: "content", seed: "fast-check 1", notes } as const;
  const content = { ...common, draft: "content-09" };
  return [
    {
      ...content,
      name: "container",
      title: "MIMI content messages",
      groups: [...contentGroups(), nestingGroup()],
    },
    { ...content, name: "message-ids", title: "Message IDs", groups: messageIdGroups() },
    { ...content, name: "received", title: "Messages that are kept or discarded", groups: judgeGroups() },
    {
      ...content,
      name: "bodies",
      title: "References between parts, salts, Markdown and descriptions",
      groups: bodyGroups(),
    },
    { ...content, name: "timelines", title: "What a room shows", groups: timelineGroups() },
    {
      ...common,
      draft: "message-status-01",
      name: "reports",
      title: "Message status reports",
      groups: statusGroups(),
    },
  ];
}

const note = (description: string, effect: string, draft: string): Note => ({
  kind: "encoding",
  description,
  effect,
  draft,
});
const form = "RFC 8949 §4.2.1";
const twoForms = "A message has two encodings, so two message IDs: replies and edits find nothing.";

const notes: Readonly<Record<string, Note>> = {
  Valid: {
    kind: "valid",
    description: "What every implementation reads, writes or shows.",
    effect: "Clients of one room do not show the same.",
    draft: "content-09 §4",
  },
  TrailingOctet: note("An octet behind the message.", twoForms, "content-09 §6"),
  Truncated: note("The encoding stops early.", "A receiver goes on with whatever it finds.", "RFC 8949 §3"),
  NotShortest: note("A number or length that is not in its shortest form.", twoForms, form),
  Indefinite: note("A string, list or map of indefinite length.", twoForms, form),
  Type: note(
    "Data of another kind than the format has in that place.",
    "Crashes, or guesses.",
    "content-09 §4",
  ),
  Utf8: note(
    "A text that is not UTF-8.",
    "Receivers replace what they cannot read in different ways.",
    "RFC 8949 §3.1",
  ),
  Count: note(
    "A list that announces an item more than it has.",
    "Fields are taken for others.",
    "content-09 §4",
  ),
  KeyOrder: note("Keys of a map that are not sorted.", twoForms, form),
  KeyTwice: note(
    "A key that is in a map twice.",
    "One receiver keeps the first value, another the last.",
    "RFC 8949 §5.6",
  ),
  Bignum: note("A bignum that is not needed, or not in its shortest form.", twoForms, "content-09 §6.1"),
  NaN: note("A NaN that is not the one of 16 bits.", twoForms, "content-09 §6.2"),
  Key: note("A key of a kind that no key is of.", "Readers have no map for it.", "content-09 §6.2"),
  Depth: note(
    "What is nested more than four levels deep.",
    "A reader runs out of its stack.",
    "content-09 §6.3",
  ),
  ContentId: {
    kind: "content",
    description: "A content ID that leads to no single or external part.",
    effect: "A text shows something else than its sender meant, or nothing.",
    draft: "content-09 §4.4",
  },
  Nonsensical: {
    kind: "content",
    description: "A message with a value that only a malicious or broken sender gives it.",
    effect: "Messages that never fade, forged senders, or memory that runs out.",
    draft: "content-09 §9.1",
  },
};
