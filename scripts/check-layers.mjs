// Fails when an import runs upward through the house, or reaches inside a folder that has an index.
import { cruise } from "dependency-cruiser";

const floors = ["spec-model", "simulator", "vectors", "docs", "notebooks", "bench", "cli"];
const upward = floors.slice(0, -1).map((floor, height) => ({
  name: `${floor} imports nothing above it`,
  severity: "error",
  from: { path: `^${floor}/` },
  to: { path: `^(${floors.slice(height + 1).join("|")}|test)/` },
}));

// Within spec-model: what a folder may not know. The machines stand above the areas, the areas above the formats.
const foundations = ["wire", "identifiers"];
const machines = ["hub", "follower", "participant", "provider"];
const modelRules = [
  {
    name: "wire formats know nothing of MIMI",
    severity: "error",
    from: { path: "^spec-model/wire/" },
    to: { path: "^spec-model/[^/]+/", pathNot: "^spec-model/wire/" },
  },
  {
    name: "identifiers know only the wire formats",
    severity: "error",
    from: { path: "^spec-model/identifiers/" },
    to: { path: "^spec-model/[^/]+/", pathNot: "^spec-model/(wire|identifiers)/" },
  },
  {
    name: "MLS and content know only the foundations",
    severity: "error",
    from: { path: "^spec-model/(mls|content)/" },
    to: { path: "^spec-model/[^/]+/", pathNot: `^spec-model/(${foundations.join("|")}|mls|content)/` },
  },
  {
    name: "areas do not know the actors' machines",
    severity: "error",
    from: { path: "^spec-model/[^/]+/", pathNot: `^spec-model/(${machines.join("|")})/` },
    to: { path: `^spec-model/(${machines.join("|")})/` },
  },
];

const throughIndex = {
  name: "other folders come in through the index",
  severity: "error",
  from: { path: "^((?:spec-model|simulator)/[^/]+)/" },
  to: { path: "^(?:spec-model|simulator)/[^/]+/.+", pathNot: ["/index\\.ts$", "^$1/"] },
};

const rules = [
  ...upward,
  ...modelRules,
  throughIndex,
  {
    name: "no cycles",
    severity: "error",
    from: {},
    to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
  },
];
const result = await cruise(["spec-model", "simulator", "vectors", "cli", "bench"], {
  validate: true,
  ruleSet: { forbidden: rules },
  doNotFollow: { path: "node_modules" },
  exclude: { path: "node_modules" },
  enhancedResolveOptions: { extensions: [".ts", ".js", ".mjs"] },
  tsPreCompilationDeps: true,
});
const { summary } = result.output;
for (const { rule, from, to } of summary.violations) console.error(`${from} -> ${to}: ${rule.name}`);
// A cruiser that cannot parse TypeScript reports no modules and no violations: that is a failure, too.
const seen = result.output.modules.filter((module) => /^(spec-model|simulator)\//.test(module.source)).length;
if (seen < 20) console.error(`only ${seen} modules were seen`);
console.log(`${seen} modules, ${summary.violations.length} imports against the rules`);
process.exit(summary.violations.length > 0 || seen < 20 ? 1 : 0);
