/** An MLS layer that asks another application: every operation is the same, and hears other decisions. */
import type { MlsApplication, MlsLayer } from "../../spec-model/mls/index.ts";

export function askingOtherwise(layer: MlsLayer, change: (app: MlsApplication) => MlsApplication): MlsLayer {
  const operations = Object.entries(layer).map(([name, operation]) => [
    name,
    typeof operation === "function" ? asking(operation, change) : operation,
  ]);
  return Object.fromEntries(operations) as MlsLayer;
}

type Operation = (...args: never[]) => unknown;

function asking(operation: Operation, change: (app: MlsApplication) => MlsApplication): Operation {
  return (...args: unknown[]) =>
    operation(...(args.map((arg) => (isApplication(arg) ? change(arg) : arg)) as never[]));
}

/** The actors of the model hand over an application with both a time and components, and nothing else that has them. */
function isApplication(arg: unknown): arg is MlsApplication {
  return typeof arg === "object" && arg !== null && "now" in arg && "components" in arg;
}
