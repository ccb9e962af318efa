import { readFileSync } from "node:fs";
import { flowRuns, recorded } from "../vectors/generate/flows/runs.ts";
import { clientFlow } from "../vectors/generate/flows/client-flow.ts";
const only = process.argv[2];
const old = new Map<string, any>();
let files=0, total=0;
for (const run of flowRuns) {
  if (only && run.name !== only) continue;
  const r = recorded(run);
  let published:any; try { published = JSON.parse(readFileSync(`vectors/protocol-06/flows/${run.name}.json`,"utf8")); } catch {}
  for (const {client,label} of run.scenario.clients) {
    const id=`flow-${run.name}-${label.toLowerCase().replaceAll(".","-")}`;
    const was=published?.testGroups.find((g:any)=>g.tests[0].id===id);
    const f=clientFlow(r,client);
    if(!f){ console.log(id, was?"LOST":"none"); continue; }
    total++;
    const k=f.steps.map((s:any)=>"founding" in s?"F":"sent" in s?"S":"status" in s?"A"+s.status:s.made?"M":"d").join(" ");
    const a=was?.input.steps.map((s:any)=>JSON.stringify(s))??[];
    const b=f.steps.map(s=>JSON.stringify(s));
    const rel=!was?"NEW":a.length===b.length&&a.every((x:any,i:number)=>x===b[i])?"same":a.every((x:any,i:number)=>x===b[i])?`longer ${a.length}->${b.length}`:a.every((x:any)=>b.includes(x))?`superset ${a.length}->${b.length}`:"CHANGED";
    console.log(id, rel, k);
  }
}
console.log(total);
