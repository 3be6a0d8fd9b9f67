/** `junit.xml`: each criterion of a gate as a test case, for the CI systems that read it. */
import type { CriterionState } from "../../decide/criteria-contract.ts";
import { sentence } from "../words.ts";
import type { LocatedCriterion } from "./annotations.ts";
import { xmlText } from "./xml-text.ts";

const KIND: Readonly<Record<CriterionState, "passed" | "failure" | "error" | "skipped">> = {
  pass: "passed",
  waived: "skipped",
  fail: "failure",
  // Not wrong, but not known: JUnit's word for a test that could not be carried out.
  inconclusive: "error",
  incomplete: "error",
  "cannot-measure": "error",
  "no-comparison": "error",
};

function testCase({ suite, name, file, line, state, why }: LocatedCriterion): string {
  const place = `file="${xmlText(file)}"${line === undefined ? "" : ` line="${line}"`}`;
  const open = `    <testcase classname="${xmlText(suite)}" name="${xmlText(name)}" ${place}`;
  const kind = KIND[state];
  if (kind === "passed") return `${open}/>`;
  const message = xmlText(sentence(why));
  const where = xmlText(`${file}${line === undefined ? "" : `:${line}`}`);
  const inner =
    kind === "skipped"
      ? `<skipped message="${message}"/>`
      : `<${kind} type="${state}" message="${message}">${where}</${kind}>`;
  return `${open}>\n      ${inner}\n    </testcase>`;
}

function countsOf(criteria: readonly LocatedCriterion[]): string {
  const of = (kind: string) => criteria.filter(({ state }) => KIND[state] === kind).length;
  return `tests="${criteria.length}" failures="${of("failure")}" errors="${of("error")}" skipped="${of("skipped")}"`;
}

/** The whole document. Not settled is `error`, not met but let pass by the policy is `skipped`. */
export function renderJunit(criteria: readonly LocatedCriterion[]): string {
  const suites = [...new Set(criteria.map(({ suite }) => suite))].map((suite) => {
    const own = criteria.filter((one) => one.suite === suite);
    return [`  <testsuite name="${xmlText(suite)}" ${countsOf(own)}>`, ...own.map(testCase), "  </testsuite>"].join(
      "\n",
    );
  });
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="gapcheck" ${countsOf(criteria)}>`,
    ...suites,
    "</testsuites>",
  ];
  return `${lines.join("\n")}\n`;
}
