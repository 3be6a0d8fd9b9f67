/** Vector functions: the kernel. */
import { betaQuantile } from "../../src/stats/beta-quantile.ts";
import { binomialLower } from "../../src/stats/binomial.ts";
import { betaTails, unitPoint } from "../../src/stats/incomplete-beta.ts";
import { normalCdf, normalQuantile } from "../../src/stats/normal.ts";
import { studentCdf, studentQuantile } from "../../src/stats/student-t.ts";
import { type Input, InputError } from "./input.ts";

function primitive(input: Input): number {
  const { first, number, string } = input;
  switch (string("fn")) {
    case "qbeta":
      return betaQuantile(first("p"), number("a"), number("b"));
    case "pbeta":
      return betaTails(unitPoint(first("x")), number("a"), number("b")).lower;
    case "pbinom":
      return binomialLower(number("k"), number("n"), first("p"));
    case "qt":
      return studentQuantile(first("p"), number("df"));
    case "pt":
      return studentCdf(first("x"), number("df"));
    case "qnorm":
      return normalQuantile(first("p"));
    case "pnorm":
      return normalCdf(first("x"));
    default:
      throw new InputError(`unknown primitive "${string("fn")}"`);
  }
}

export const PRIMITIVE_FUNCTIONS = {
  primitives: (input: Input) => ({ value: primitive(input) }),
};
