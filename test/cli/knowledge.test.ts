/** `mimi knowledge`: who can read which message. */
import { expect, it, vi } from "vitest";
import { main } from "../../cli/main.ts";

async function mimi(...argv: string[]) {
  const out = vi.spyOn(console, "log").mockImplementation(() => {});
  const err = vi.spyOn(console, "error").mockImplementation(() => {});
  const code = await main(argv);
  const textOf = (spy: { readonly mock: { readonly calls: unknown[][] } }) =>
    spy.mock.calls.map((call) => String(call[0])).join("\n");
  const told = { code, out: textOf(out), err: textOf(err) };
  vi.restoreAllMocks();
  return told;
}

it("names the readers of every message, and those who never read any", async () => {
  const { code, out } = await mimi("knowledge", "kick");
  expect(code).toBe(0);
  expect(out).toContain("message 1, epoch 3");
  expect(out).toMatch(/message 2.*\n {2}mimi:\/\/a\.example\/d\/alice\/ClientA1/);
  expect(out).toMatch(/never any.*a\.example/);
});

it("takes several parties for one, and gives data", async () => {
  const { out } = await mimi("knowledge", "kick", "--who", "ClientB1,a.example", "--format", "json");
  const [first, second] = JSON.parse(out) as { readers: string[] }[];
  expect(first?.readers).toEqual([]);
  expect(second?.readers).toEqual(["mimi://b.example/d/bob/ClientB1 with a.example"]);
});

it.each([
  [["kik"], 'did you mean "kick"?'],
  [["kick", "--who", "Mallory"], 'there is no party "Mallory"'],
  [["kick", "--format", "yaml"], 'there is no format "yaml"'],
  [["mixed-stack"], "symbolic MLS only"],
])("mimi knowledge %j says what is wrong with it", async (argv, says) => {
  const { code, err } = await mimi("knowledge", ...argv);
  expect(code).toBe(2);
  expect(err).toContain(says);
  expect(err).not.toContain("\n");
});
