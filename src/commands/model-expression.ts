/** How a suite writes the model of a target, read from its text: a model is an object, and nothing else tells what it was called. */

/** Characters after the target's name among which its `model` stands. */
const NEAR = 1_000;

/**
 * The expression behind `model:` of the named target: a name, or a call in one piece; a name in capitals, which does not compile, where none is found.
 */
export function modelExpression(source: string, target: string): string {
  const quoted = [JSON.stringify(target), `'${target}'`, `\`${target}\``];
  const call = quoted.flatMap((name) => {
    const at = source.search(new RegExp(`promptOnly\\(\\s*${escaped(name)}`));
    return at < 0 ? [] : [source.slice(at, at + NEAR)];
  })[0];
  const written = /\bmodel(?:\s*:\s*([A-Za-z_$][\w$.]*(?:\((?:[^()]|\([^()]*\))*\))?)|\s*[,}])/.exec(call ?? "");
  if (written === null) return "MODEL_OF_THE_INCUMBENT";
  return (written[1] ?? "model").replace(/\s+/g, " ");
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
