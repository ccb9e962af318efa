/** The example messages of content-08 as files: what each states, for the tests that hold the code against them. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { sharedFolder } from "../../shared-folder.ts";

export interface DraftExample {
  readonly name: string;
  readonly cbor: Uint8Array;
  /** The text in extended diagnostic notation. */
  readonly edn: string;
  /** The annotated hexadecimal dump. */
  readonly pretty: string;
  /** The message ID that the EDN's comment states, in hexadecimal. */
  readonly messageId: string | undefined;
  /** The accepted timestamp that the EDN's comment states, and the date it calls that. */
  readonly timestamp: { readonly msecs: number; readonly date: string } | undefined;
}

/** All example messages, by name; none where the drafts are missing. */
export function draftExamples(): readonly DraftExample[] {
  const folder = `${sharedFolder()}/drafts/content-examples-08`;
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder)
    .filter((file) => file.endsWith(".cbor") && !file.startsWith("implied"))
    .map((file) => file.slice(0, -".cbor".length))
    .sort();
  return names.map((name) => readExample(folder, name));
}

/** The bytes of any of the drafts' files. */
export function draftFile(name: string): Uint8Array {
  return new Uint8Array(readFileSync(`${sharedFolder()}/drafts/${name}`));
}

/** The octets in an annotated hexadecimal dump: what stands in front of `#` on each line. */
export function octetsOfDump(dump: string): string {
  return dump
    .split("\n")
    .map((line) => line.replace(/#.*/, ""))
    .join("")
    .replace(/\s/g, "");
}

function readExample(folder: string, name: string): DraftExample {
  const edn = readFileSync(`${folder}/${name}.edn`, "utf8");
  const id = /message ID = h'([0-9a-f]+)\s*#\s*([0-9a-f]+)'/.exec(edn);
  const time = /timestamp +(?:\*|=) (\d+) = (\S+)/.exec(edn);
  return {
    name,
    edn,
    cbor: new Uint8Array(readFileSync(`${folder}/${name}.cbor`)),
    pretty: readFileSync(`${folder}/${name}.pretty`, "utf8"),
    messageId: id === null ? undefined : `${id[1]}${id[2]}`,
    timestamp: time === null ? undefined : { msecs: Number(time[1]), date: time[2] ?? "" },
  };
}
