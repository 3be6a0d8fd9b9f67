/** What differs between two texts, word by word (Myers 1986); Chinese and other scripts without spaces sign by sign. */

/**
 * @typedef {{ kind: "same" | "removed" | "added", text: string }} DiffPart
 */

const TOKENS =
  /\s+|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])[\p{L}\p{N}_])+|./gsu;

/** Differences beyond which two texts have too little in common to be compared: time and memory grow with the square. */
const MOST_EDITS = 1500;

/**
 * @param {string} before
 * @param {string} after
 * @returns {readonly DiffPart[]} `same` and `removed` together are `before`, `same` and `added` are `after`
 */
export function wordDiff(before, after) {
  const a = before.match(TOKENS) ?? [];
  const b = after.match(TOKENS) ?? [];
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1;
  const head = a.slice(0, start);
  const tail = a.slice(a.length - end);
  const middle = edits(a.slice(start, a.length - end), b.slice(start, b.length - end));
  return joined([
    ...head.map((text) => ({ kind: /** @type {const} */ ("same"), text })),
    ...middle,
    ...tail.map((text) => ({ kind: /** @type {const} */ ("same"), text })),
  ]);
}

/**
 * @param {readonly string[]} a
 * @param {readonly string[]} b
 * @returns {readonly DiffPart[]}
 */
function edits(a, b) {
  const most = Math.min(MOST_EDITS, a.length + b.length);
  /** Furthest place in `a` by diagonal, before each round; only the diagonals that the round reads are kept. */
  const rounds = [];
  const far = new Int32Array(2 * most + 3);
  const middle = most + 1;
  for (let round = 0; round <= most; round += 1) {
    rounds.push(far.slice(middle - round - 1, middle + round + 2));
    for (let diagonal = -round; diagonal <= round; diagonal += 2) {
      const above = far[middle + diagonal + 1] ?? 0;
      const left = far[middle + diagonal - 1] ?? 0;
      let x = diagonal === -round || (diagonal !== round && left < above) ? above : left + 1;
      while (x < a.length && x - diagonal < b.length && a[x] === b[x - diagonal]) x += 1;
      far[middle + diagonal] = x;
      if (x >= a.length && x - diagonal >= b.length) return walkBack(a, b, rounds);
    }
  }
  return [
    { kind: "removed", text: a.join("") },
    { kind: "added", text: b.join("") },
  ];
}

/**
 * @param {readonly string[]} a
 * @param {readonly string[]} b
 * @param {readonly Int32Array[]} rounds
 * @returns {readonly DiffPart[]}
 */
function walkBack(a, b, rounds) {
  /** @type {DiffPart[]} */
  const parts = [];
  let x = a.length;
  let y = b.length;
  for (let round = rounds.length - 1; round > 0; round -= 1) {
    const far = rounds[round] ?? new Int32Array();
    /** @param {number} diagonal */
    const at = (diagonal) => far[diagonal + round + 1] ?? 0;
    const diagonal = x - y;
    const down = diagonal === -round || (diagonal !== round && at(diagonal - 1) < at(diagonal + 1));
    const from = down ? diagonal + 1 : diagonal - 1;
    const fromX = at(from);
    const fromY = fromX - from;
    while (x > fromX + (down ? 0 : 1) && y > fromY + (down ? 1 : 0)) {
      x -= 1;
      y -= 1;
      parts.push({ kind: "same", text: a[x] ?? "" });
    }
    if (down) parts.push({ kind: "added", text: b[fromY] ?? "" });
    else parts.push({ kind: "removed", text: a[fromX] ?? "" });
    x = fromX;
    y = fromY;
  }
  while (x > 0 && y > 0) {
    x -= 1;
    y -= 1;
    parts.push({ kind: "same", text: a[x] ?? "" });
  }
  return parts.reverse();
}

/**
 * Neighbours of one kind as one; within a change what is removed comes before what is added.
 * @param {readonly DiffPart[]} parts
 * @returns {readonly DiffPart[]}
 */
function joined(parts) {
  /** @type {DiffPart[]} */
  const done = [];
  let removed = "";
  let added = "";
  const flush = () => {
    if (removed !== "") done.push({ kind: "removed", text: removed });
    if (added !== "") done.push({ kind: "added", text: added });
    removed = "";
    added = "";
  };
  for (const { kind, text } of parts) {
    if (kind === "removed") removed += text;
    else if (kind === "added") added += text;
    else {
      flush();
      const last = done.at(-1);
      if (last?.kind === "same") last.text += text;
      else done.push({ kind, text });
    }
  }
  flush();
  return done;
}
