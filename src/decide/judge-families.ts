/** Whether a judge is of the family of what it grades: it favours answers of its own kind, and with them one of the targets. */
import { familyOf } from "../model/families.ts";
import type { Grader } from "../suite/grade.ts";
import type { Model } from "../suite/model.ts";
import type { Suite } from "../suite/suite.ts";
import { listed } from "./in-words.ts";
import type { JudgeReport, KnownModel } from "./judges-contract.ts";

export type JudgeFamilies = Pick<JudgeReport, "judges" | "sameFamily" | "unknownFamilies">;

/** What is known of the families of one grader's judges and of the targets. */
export function judgeFamilies({ targets }: Pick<Suite, "targets">, { asks }: Pick<Grader, "asks">): JudgeFamilies {
  const judges = asks.map(knownModel);
  const graded = targets.map((target) => {
    // A tuned model is of the family of its base, whatever it is called.
    const models = [target.model, ...(target.tuning === undefined ? [] : [target.tuning.tunedFrom])];
    return {
      target: target.name,
      model: target.model.id,
      family: models.map(familyOf).find((one) => one !== undefined),
    };
  });
  const sameFamily = judges.flatMap(({ model, family }) =>
    family === undefined
      ? []
      : graded.flatMap((one) => (one.family === family ? [{ judge: model, family, target: one.target }] : [])),
  );
  const unknown = [...judges, ...graded].flatMap(({ model, family }) => (family === undefined ? [model] : []));
  return { judges, sameFamily, unknownFamilies: [...new Set(unknown)] };
}

/** What a reader must know of the families, one sentence each; nothing where all are known and other ones. */
export function familyWarnings(suite: Pick<Suite, "targets" | "graders">): string[] {
  return suite.graders
    .filter(({ asks }) => asks.length > 0)
    .flatMap((grader) => {
      const { sameFamily, unknownFamilies } = judgeFamilies(suite, grader);
      const families = [...new Set(sameFamily.map(({ family }) => family))];
      const warnings = families.map((family) => {
        const own = sameFamily.filter((one) => one.family === family);
        const judges = listed([...new Set(own.map(({ judge }) => `"${judge}"`))]);
        const targets = listed([...new Set(own.map(({ target }) => `"${target}"`))]);
        return `"${grader.name}" is graded by ${judges}, of the same family (${family}) as what answers for ${targets}: judges favour answers of their own kind; take one of another family.`;
      });
      if (unknownFamilies.length === 0) return warnings;
      const models = listed(unknownFamilies.map((id) => `"${id}"`));
      return [
        ...warnings,
        `Whether "${grader.name}" is graded by a model of the family of what it grades is not known: state \`family\` for ${models}.`,
      ];
    });
}

function knownModel(model: Model): KnownModel {
  const family = familyOf(model);
  return { model: model.id, ...(family === undefined ? {} : { family }) };
}
