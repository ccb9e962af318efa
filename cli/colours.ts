/** Colours for a terminal: none in a pipe or a file, unless FORCE_COLOR asks for them. */
import { stdout } from "node:process";
import pc from "picocolors";

const { env } = process;
const isAsked = env["FORCE_COLOR"] !== undefined && env["FORCE_COLOR"] !== "0";
const isRefused = env["NO_COLOR"] !== undefined && env["NO_COLOR"] !== "";
const palette = pc.createColors(isAsked || (!isRefused && stdout.isTTY === true && env["TERM"] !== "dumb"));

/** Blank text stays as it is: an invisible code behind a line's last word would hide the spaces to trim. */
function visibly(paint: (text: string) => string): (text: string) => string {
  return (text) => (text.trim() === "" ? text : paint(text));
}

export const bold = visibly(palette.bold);
export const cyan = visibly(palette.cyan);
export const dim = visibly(palette.dim);
export const green = visibly(palette.green);
export const magenta = visibly(palette.magenta);
export const red = visibly(palette.red);
export const yellow = visibly(palette.yellow);
