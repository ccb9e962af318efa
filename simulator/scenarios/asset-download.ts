/** One image, downloaded in the three ways: who learns of it is another question each time. protocol-06 §5.10 */
import {
  assetServer,
  chapter,
  downloadedBy,
  downloads,
  ending,
  room,
  scenario,
  sharesImage,
  shows,
} from "../scenario/index.ts";
import { uploadingLocally } from "./asset-rooms.ts";
import { a1, acquaintance, b1, bob, c1, c2, cathy, gathering, serverA, serverB, serverC } from "./cast.ts";
import { exampleRoom, roles } from "./setups.ts";

const album = room("album", serverA);
const assetsB = assetServer("AssetsB", "assets.b.example", serverB);
const assetsC = assetServer("AssetsC", "assets.c.example", serverC);
const setup = uploadingLocally(exampleRoom("cooperative", serverA, roles.superAdmin), [assetsB, assetsC]);

export default scenario(
  "asset-download",
  "Bob shares images; they are downloaded directly, through the hub's proxy, and by Oblivious HTTP",
  { providers: [serverA, serverB, serverC], clients: [a1, b1, c1, c2], assets: [assetsB, assetsC] },
  acquaintance(serverA, serverB, serverC),
  gathering(
    album,
    { host: a1, setup },
    { person: bob, clients: [b1], role: roles.ordinary },
    { person: cathy, clients: [c1, c2], role: roles.ordinary },
  ),
  chapter("Bob shares an image", "room-policy-04 §6.4", sharesImage(b1, album, "ferret.png", "a ferret")),
  chapter("Cathy downloads it directly", "protocol-06 §5.10.1", downloads(c1, bob, album, "direct")),
  chapter("Cathy downloads it through the hub", "protocol-06 §5.10.2", downloads(c1, bob, album, "hubProxy")),
  chapter(
    "Her other client finds it in the cache of her provider",
    "protocol-06 §5.10.2",
    downloads(c2, bob, album, "hubProxy"),
  ),
  chapter(
    "Bob shares another image",
    "room-policy-04 §6.4",
    sharesImage(b1, album, "weasel.png", "a weasel"),
  ),
  chapter("Cathy downloads it by Oblivious HTTP", "protocol-06 §5.10.3", downloads(c1, bob, album, "ohttp")),
  chapter("Her other client downloads it as the room has it", "protocol-06 §5.10", downloads(c2, bob, album)),
  ending(
    shows(c1, album, "[ferret.png]", "[weasel.png]"),
    shows(c2, album, "[ferret.png]", "[weasel.png]"),
    downloadedBy(assetsB, c1, serverA, serverA),
    downloadedBy(assetsC),
  ),
);
