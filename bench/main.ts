/** `npm run bench`: figures and ratios against named peers, measured in one run. Absolute times mean little here. */
import { benchClubhouse } from "./clubhouse.ts";
import { benchContent } from "./content.ts";
import { benchedRooms, benchRates, benchSeeds, type GrownRoom } from "./faults.ts";
import { benchKernel } from "./kernel.ts";
import { benchLargeRoom, benchMls } from "./mls.ts";
import { benchSymbolic } from "./symbolic.ts";
import { benchWire } from "./wire.ts";

interface Comparison {
  readonly what: string;
  readonly unit: string;
  readonly ours: number;
  readonly peer: string;
  readonly theirs: number;
  readonly ratio: number;
  readonly aim?: string;
}

/** With --rooms, nothing but the growing rooms and the small seeds; with --long, those that take minutes. */
const [long, roomsOnly] = [process.argv.includes("--long"), process.argv.includes("--rooms")];

if (!roomsOnly) await compareWithPeers();
measureRooms();

async function compareWithPeers(): Promise<void> {
  const { milliseconds, shareInMls, runs } = benchClubhouse();
  console.log("The clubhouse");
  console.log(
    `  one run: ${milliseconds.toFixed(0)} ms (median of ${runs}), ${Math.round(100 * shareInMls)} % of it in MLS`,
  );
  print("The simulator's kernel, without MLS", benchKernel());
  print("MIMI content", benchContent());
  print("Wire formats", benchWire());
  print(
    "Symbolic MLS",
    (await benchSymbolic()).map(({ symbolic, real, ...figures }) => ({
      ...figures,
      ours: symbolic,
      theirs: real,
    })),
  );

  print("MLS", await benchMls());
  const large = benchLargeRoom();
  console.log("A large room in real MLS");
  console.log(
    `  ${large.clients} clients: built in ${large.buildSeconds.toFixed(1)} s, ${large.commits} commits and ` +
      `${large.messages} messages to all in ${large.useSeconds.toFixed(1)} s (aim: 60 s in all); ` +
      `at most ${Math.round(large.peakMebibytes)} MiB (aim: 2048)`,
  );
}

function measureRooms(): void {
  console.log("Runs under faults and property checks, on symbolic MLS");
  for (const { what, stepsPerSecond } of benchRates()) {
    console.log(`  ${what.padEnd(46)}${format(stepsPerSecond).padStart(10)} steps/s`);
  }
  console.log("Rooms as they grow, in seconds of CPU; what is held at most is the process's");
  for (const size of benchedRooms(long)) console.log(`  ${roomInWords(size)}`);
  const small = benchSeeds(long ? 10_000 : 500);
  console.log(
    `  ${small.seeds} seeds of a small story in ${small.seconds.toFixed(1)} s, ${small.failed} with something wrong; ` +
      `at most ${Math.round(small.peakMebibytes)} MiB`,
  );
}

function roomInWords({ clients, providers, sayings, company, ...figures }: GrownRoom): string {
  const { steps, buildSeconds, saySeconds, microsecondsPerDelivery, peakMebibytes } = figures;
  return (
    `${clients} clients on ${providers} providers, ${company}: built in ${buildSeconds.toFixed(1)} s, ` +
    `${((1000 * buildSeconds) / clients).toFixed(1)} ms a client; ${sayings} messages to all in ` +
    `${saySeconds.toFixed(1)} s, ${microsecondsPerDelivery.toFixed(0)} microseconds a delivery; ` +
    `${format(steps)} steps, at most ${Math.round(peakMebibytes)} MiB`
  );
}

function print(title: string, comparisons: readonly Comparison[]): void {
  console.log(title);
  for (const { what, unit, ours, peer, theirs, ratio, aim = "" } of comparisons) {
    const figures = `${format(ours)} ${unit} against ${format(theirs)}`.padEnd(34);
    console.log(
      `  ${what.padEnd(46)}${ratio.toFixed(2).padStart(7)} x ${peer.padEnd(34)} ${figures} ${aim}`.trimEnd(),
    );
  }
}

function format(value: number): string {
  return value >= 1000 ? Math.round(value).toLocaleString("en-US") : value.toPrecision(3);
}
