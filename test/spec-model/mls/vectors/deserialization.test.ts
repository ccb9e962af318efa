import { expect } from "vitest";
import { concat } from "../../../../spec-model/bytes.ts";
import { Reader } from "../../../../spec-model/wire/index.ts";
import { octets, vectorsTogether } from "./family.ts";

vectorsTogether<{ vlbytes_header: string; length: number }>("deserialization", (vector) => {
  const header = octets(vector.vlbytes_header);
  const reader = new Reader(concat(header, new Uint8Array(vector.length)));
  expect(reader.vectorLength()).toBe(vector.length);
  expect(reader.offset).toBe(header.length);
});
