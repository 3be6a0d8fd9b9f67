/** Writes this repository's workflow from the one that users get, so that both are one text: `node tools/own-workflow.ts`. */
import { writeFileSync } from "node:fs";
import { workflowText } from "../src/scaffold/workflow.ts";

const target = new URL("../.github/workflows/eval.yml", import.meta.url);
// Its suites are answered by the embedded model: no key is needed.
writeFileSync(target, workflowText({ command: "src/start.js", secrets: [] }));
