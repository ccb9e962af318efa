import { describe, expect, it } from "vitest";
import {
  CapabilityType,
  componentIds,
  componentOf,
  components,
  reservedCapabilities,
} from "../../../../spec-model/room/structures/index.ts";
import { nameOf } from "../../../../spec-model/wire/index.ts";

describe("components", () => {
  it("are listed once each, by ascending number", () => {
    expect(components.map(({ id }) => id)).toEqual(Object.values(componentIds));
    expect(components.map(({ name }) => name)).toEqual(Object.keys(componentIds));
  });

  it("have the numbers 0x20 to 0x30, without a gap", () => {
    expect(Object.values(componentIds)).toEqual(Array.from({ length: 17 }, (_, i) => 0x20 + i));
  });

  it("have data and updates with the drafts' names", () => {
    const names = ({ data, update }: (typeof components)[number]) => [
      nameOf(data.shape),
      update && nameOf(update.shape),
    ];
    expect(names(componentOf(componentIds.participant_list) as never)).toEqual([
      "ParticipantListData",
      "ParticipantListUpdate",
    ]);
    expect(names(componentOf(componentIds.base_room_policy) as never)).toEqual([
      "BaseRoomData",
      "BaseRoomUpdate",
    ]);
    expect(names(componentOf(componentIds.frank_aad) as never)).toEqual(["FrankAAD", undefined]);
  });

  it("are none of MIMI's outside those numbers", () => {
    expect(componentOf(1)).toBeUndefined();
    expect(componentOf(0x31)).toBeUndefined();
  });
});

describe("capabilities", () => {
  it("are registered under numbers of their own", () => {
    const { shape } = CapabilityType;
    if (shape.kind !== "enum") throw new Error("not an enumeration");
    expect(new Set(shape.values.values()).size).toBe(shape.values.size);
  });

  it("that are reserved are registered, too", () => {
    for (const name of reservedCapabilities) expect(CapabilityType.encode(name)).toHaveLength(2);
  });
});
