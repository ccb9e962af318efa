/** What SelfRemoves do in a commit, and when. mls-extensions §6.3.1 */
import type { Faculties } from "../faculties.ts";
import { asked, of, same } from "./expected.ts";

type Removals = Faculties["removals"];
const takesOutSender = asked((removals: Removals) =>
  same(
    removals().filter((each) => each.startsWith("leave")),
    ["leave 1"],
  ),
);
const keepsOrder = asked((removals: Removals) =>
  same(
    removals().map((each) => each.split(" ")[0]),
    ["update", "leave", "remove"],
  ),
);

export const removalsExpected = of("mls-extensions §6.3.1", [
  [
    "leaver-is-sender",
    "a SelfRemove takes out the leaf that has sent it",
    ({ removals }) => takesOutSender(removals),
  ],
  [
    "leaves-between",
    "SelfRemoves count after Updates and before Removes",
    ({ removals }) => keepsOrder(removals),
  ],
]);
