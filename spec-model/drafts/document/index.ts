/** A draft as data, whatever form it was written in. */
export { type Builder, builder, cellsOf } from "./builder.ts";
export {
  type Block,
  type Cell,
  type Draft,
  type Form,
  type Line,
  type Place,
  type Prose,
  placeIn,
  placesOf,
  type ReadingProblem,
  type Resolve,
  type Section,
  type Table,
  textOfLines,
} from "./document.ts";
