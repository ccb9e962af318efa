import { expect, it } from "vitest";
import { utf8 } from "../../../../spec-model/bytes.ts";
import { RoomMetaData, UTF8String } from "../../../../spec-model/room/structures/index.ts";
import { EncodeError } from "../../../../spec-model/wire/index.ts";
import { octets, short, shortVector } from "../../octets.ts";

it("metadata holds URI, name, descriptions, avatar, subject and mood, in that order", () => {
  const bytes = octets(
    short("mimi://a.example/r/clubhouse"),
    short("Clubhouse"),
    shortVector("00", short("en"), short("our room")),
    "00",
    short("plans"),
    short("🙂"),
  );
  const metadata = {
    roomUri: { uri: "mimi://a.example/r/clubhouse" },
    roomName: { string: "Clubhouse" },
    roomDescriptions: [{ mediaType: "", languageTag: "en", descriptionContent: utf8("our room") }],
    roomAvatar: { uri: "" },
    roomSubject: { string: "plans" },
    roomMood: { string: "🙂" },
  };
  expect(RoomMetaData.encode(metadata)).toEqual(bytes);
  expect(RoomMetaData.decode(bytes)).toEqual(metadata);
});

it("text for people has no null characters, both ways", () => {
  expect(() => UTF8String.decode(octets("03 610062"))).toThrow("UTF8String.string");
  expect(() => UTF8String.encode({ string: "a\0b" })).toThrow(EncodeError);
});
