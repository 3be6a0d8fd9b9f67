/**
 * A suite's cases: checked in one pass and streamed in later ones, so that memory stays flat whatever their number. Those of a small file are kept: reading,
 * parsing and checking them anew for each pass is most of the time of a run that calls nothing.
 */
import { createHash } from "node:crypto";
import { dirname } from "node:path";
import { ConfigError, type Place } from "../errors.ts";
import type { Case, LoadedCase, Split } from "../suite/case.ts";
import { deepFreeze } from "../suite/deep-freeze.ts";
import { fingerprintOf } from "../suite/fingerprint.ts";
import { assignSplits, type SplitAssigner, type SplitConflict } from "../suite/split.ts";
import type { LoadedSuite } from "../suite/suite.ts";
import { type CaseNames, createCaseNames } from "./case-names.ts";
import { checkCase } from "./check-case.ts";
import { collectMistakes } from "./collect.ts";
import { createFingerprints, type Fingerprints } from "./fingerprints.ts";
import { createIdRegister, detach } from "./ids.ts";
import type { Row } from "./row.ts";
import { type RowSource, rowSource } from "./rows.ts";
import { createSameInputs, type Joined, type SameInputs } from "./same-input.ts";

/** A file is kept up to so many bytes and cases: some 10 MB of memory at most. */
const MOST_KEPT = { bytes: 4 * 1024 * 1024, cases: 20_000 };

/** Kept cases that are given at once. */
const KEPT_BLOCK = 512;

export interface DatasetCounts {
  /** Cases that choose the prompt. */
  readonly dev: number;
  /** Cases that tell how good it is. */
  readonly test: number;
  /** Clusters, over both splits; those that one input joins are one. */
  readonly clusters: number;
  /** Of these, clusters of test cases. */
  readonly testClusters: number;
}

/** A case that stands in its file as it should. */
export interface CaseInFile extends Case {
  /** 0-based position in the dataset. */
  readonly index: number;
  /** As in `LoadedCase`. */
  readonly line?: number;
}

export interface Dataset {
  /** Cases, 1 or more. */
  readonly count: number;
  readonly counts: DatasetCounts;
  /** SHA-256 (hex) over every case in file order: its id, content, cluster, tags, weight and declared split. */
  readonly fingerprint: string;
  /** Absolute path of the data file; absent for cases written in the suite. */
  readonly file?: string;
  /** Fingerprint of the case at a 0-based position, hex. */
  readonly fingerprintAt: (index: number) => string;
  /** Split of the case at a 0-based position. */
  readonly splitAt: (index: number) => Split;
  /** Streams the cases in file order; may be called again. Throws ConfigError when the file changed since it was checked. */
  readonly cases: () => AsyncIterable<LoadedCase>;
  /** The same, as many at a time as are read at once: a step of a stream costs more than a case. */
  readonly blocks: () => AsyncIterable<readonly LoadedCase[]>;
}

/**
 * Opens and checks a suite's cases. Keeps a fingerprint and a split of each, and the cases of a small file; these are frozen.
 *
 * Throws ConfigErrors with file and line of every mistake (20 at most; what cannot be parsed ends the reading), and ConfigError for a file that
 * cannot be read, that holds no case, or none for `test`.
 *
 * @param onCase is told of each case in file order, frozen, once it is found sound by itself: for who would else have to read them all again. What it
 * throws ends the reading.
 */
export async function openDataset(suite: LoadedSuite, onCase?: (one: CaseInFile) => void): Promise<Dataset> {
  const source = rowSource(suite.cases, dirname(suite.file), suite.file);
  const { count, counts, fingerprint, kept, ...found } = await checkAll(suite, source, onCase);
  const { fingerprints, splitAt } = found;
  const loading: Loading = found;
  const loaded = kept?.map((row, index) => loadedCase(row, index, loading));
  for (const one of loaded ?? []) deepFreeze(one);
  const blocks = () => (loaded === undefined ? loadedBlocks(source, loading) : keptCases(source, loaded));
  return {
    count,
    counts,
    fingerprint,
    ...(source.file === undefined ? {} : { file: source.file }),
    fingerprintAt: fingerprints.at,
    splitAt,
    cases: () => oneByOne(blocks()),
    blocks,
  };
}

interface Checked extends Pick<Dataset, "count" | "counts" | "fingerprint">, Loading {
  readonly kept: readonly CheckedRow[] | undefined;
}

/** The first pass. Apart from what streams later, which would keep everything alive that is told apart here. */
async function checkAll(
  suite: LoadedSuite,
  source: RowSource,
  onCase: ((one: CaseInFile) => void) | undefined,
): Promise<Checked> {
  const ids = createIdRegister(source.nameAt);
  const names = createCaseNames();
  const inputs = createSameInputs(names.at);
  const splits = assignSplits(suite);
  const fingerprints = createFingerprints();
  const digest = createHash("sha256");
  const joined: { readonly by: Joined; readonly place: Place }[] = [];
  const mistakes = collectMistakes();
  let kept: CheckedRow[] | undefined = [];
  let count = 0;
  let identities = "";
  const take = (row: Row): void => {
    const index = count++;
    const place = source.placeOf(row, index);
    const checked = checkCase(row.value, place);
    if (!checked.ok) {
      mistakes.add(...checked.mistakes);
      return;
    }
    const { id, cluster = id, split, input } = checked.case;
    const duplicate = ids.add(id, row.line ?? index, place);
    if (duplicate !== undefined) mistakes.add(duplicate);
    names.add(id, cluster);
    const by = inputs.add({ id, cluster, input });
    if (by !== undefined) joined.push({ by, place });
    const conflict = split && splits.declare(detach(cluster), split, row.line ?? index);
    if (conflict !== undefined) mistakes.add(straddles(conflict, source, place));
    const fingerprint = fingerprintOf(checked.case);
    fingerprints.add(fingerprint);
    identities += identityOf(checked.case, fingerprint);
    if ((source.bytes() ?? Number.POSITIVE_INFINITY) > MOST_KEPT.bytes || count > MOST_KEPT.cases) kept = undefined;
    kept?.push({ case: checked.case, ...(row.line === undefined ? {} : { line: row.line }) });
    if (onCase === undefined) return;
    const told = { ...checked.case, index, ...(row.line === undefined ? {} : { line: row.line }) };
    deepFreeze(told);
    onCase(told);
  };
  await mistakes.during(async () => {
    for await (const rows of source.blocks()) {
      for (const row of rows) take(row);
      digest.update(identities);
      identities = "";
    }
    inputs.close();
    for (const { by, place } of joined) {
      const mistake = oneSplit(by, inputs, splits, place);
      if (mistake !== undefined) mistakes.add(mistake);
    }
  });
  if (count === 0) throw noCases(suite, source);
  const splitAt = splitsOf(names, inputs, splits);
  const counts = countSplits(names, inputs, splits, splitAt);
  if (counts.test === 0) throw noTestCases(suite, source, count);
  return { count, counts, fingerprint: digest.digest("hex"), kept, splitAt, inputs, fingerprints };
}

type SplitAt = (index: number) => Split;

/** The split of each case by its position, worked out once: each takes a hash, and the cases are streamed several times. */
function splitsOf(names: CaseNames, inputs: SameInputs, splits: SplitAssigner): SplitAt {
  const isDev = new Uint8Array(names.size());
  for (let index = 0; index < isDev.length; index++) {
    if (splits.of(inputs.clusterOf(names.clusterAt(index))) === "dev") isDev[index] = 1;
  }
  return (index) => (isDev[index] === 1 ? "dev" : "test");
}

interface CheckedRow {
  readonly case: Case;
  readonly line?: number;
}

/** What the first pass found out, for later ones. */
interface Loading {
  readonly splitAt: SplitAt;
  readonly inputs: SameInputs;
  readonly fingerprints: Fingerprints;
}

async function* loadedBlocks(source: RowSource, loading: Loading): AsyncGenerator<readonly LoadedCase[]> {
  let count = 0;
  for await (const rows of source.blocks()) {
    yield rows.map((row) => {
      const index = count++;
      const checked = checkCase(row.value, source.placeOf(row, index));
      if (!checked.ok) throw checked.mistakes[0];
      return loadedCase({ ...row, case: checked.case }, index, loading);
    });
  }
}

/** The file is not read again, but has to be the same still. */
async function* keptCases(source: RowSource, loaded: readonly LoadedCase[]): AsyncGenerator<readonly LoadedCase[]> {
  await source.checkSame();
  for (let at = 0; at < loaded.length; at += KEPT_BLOCK) yield loaded.slice(at, at + KEPT_BLOCK);
  await source.checkSame();
}

async function* oneByOne(blocks: AsyncIterable<readonly LoadedCase[]>): AsyncGenerator<LoadedCase> {
  for await (const block of blocks) yield* block;
}

/** What outlives a case elsewhere (id, cluster, tags) must not keep the line alive from which it was read. */
function loadedCase(row: CheckedRow, index: number, { splitAt, inputs, fingerprints }: Loading): LoadedCase {
  const { input, expected, cluster, tags, weight = 1 } = row.case;
  const id = detach(row.case.id);
  const repeats = inputs.repeats(index);
  const one: { -readonly [Field in keyof LoadedCase]: LoadedCase[Field] } = {
    id,
    input,
    index,
    cluster: inputs.clusterOf(cluster === undefined ? id : detach(cluster)),
    weight,
    split: splitAt(index),
    fingerprint: fingerprints.at(index),
  };
  if (expected !== undefined) one.expected = expected;
  if (tags !== undefined) one.tags = tags.map(detach);
  if (repeats !== undefined) one.repeats = repeats;
  if (row.line !== undefined) one.line = row.line;
  return one;
}

/** A line of what the dataset's fingerprint is taken of. */
function identityOf(one: Case, fingerprint: string): string {
  const { id, cluster = null, tags = [], weight = 1, split = null } = one;
  return `${JSON.stringify([id, fingerprint, cluster, tags, weight, split])}\n`;
}

function countSplits(names: CaseNames, inputs: SameInputs, splits: SplitAssigner, splitAt: SplitAt): DatasetCounts {
  let dev = 0;
  for (let index = 0; index < names.size(); index++) if (splitAt(index) === "dev") dev++;
  const test = names.size() - dev;
  if (names.areOwn() && !inputs.joins()) return { dev, test, clusters: dev + test, testClusters: test };
  let clusters = 0;
  let testClusters = 0;
  for (const cluster of names.clusters()) {
    // Those that one input joins count as the one that they share.
    if (inputs.clusterOf(cluster) !== cluster) continue;
    clusters++;
    if (splits.of(cluster) === "test") testClusters++;
  }
  return { dev, test, clusters, testClusters };
}

/** What one input joins goes one way: into the split that either side declares. Two that differ are a leak. */
function oneSplit(
  { id, cluster, earlier }: Joined,
  inputs: SameInputs,
  splits: SplitAssigner,
  place: Place,
): ConfigError | undefined {
  const [own, other] = [splits.declared(cluster), splits.declared(earlier.cluster)];
  const root = inputs.clusterOf(cluster);
  const common = splits.declared(root);
  const declared = own ?? other ?? common;
  if (declared === undefined) return undefined;
  if ([own, other, common].every((split) => split === undefined || split === declared)) {
    splits.declare(root, declared);
    return undefined;
  }
  const message = `the case ${JSON.stringify(id)} asks the same as ${JSON.stringify(earlier.id)}, and they are in different splits`;
  return new ConfigError("split-straddles", message, {
    place,
    fix: "Put both into one split, or take one out: what was chosen on must not be judged on.",
  });
}

function straddles(
  { cluster, split, earlier }: SplitConflict,
  { nameAt }: RowSource,
  place: ConfigError["place"],
): ConfigError {
  const other = earlier.line === undefined ? "" : ` (${nameAt(earlier.line)})`;
  const message = `the cluster ${JSON.stringify(cluster)} is in ${split} here and in ${earlier.split} before${other}`;
  return new ConfigError("split-straddles", message, {
    place,
    fix: "Put all cases of a cluster into one split: what they share must not be chosen on and judged on.",
  });
}

function noCases(suite: LoadedSuite, { file }: RowSource): ConfigError {
  return new ConfigError("no-cases", `the suite "${suite.name}" has no cases`, {
    place: { file: file ?? suite.file },
    fix: file === undefined ? "Add cases to the suite." : "Add cases to the file, one a line.",
  });
}

function noTestCases(suite: LoadedSuite, { file }: RowSource, count: number): ConfigError {
  return new ConfigError("no-test-cases", `none of the ${count} cases of "${suite.name}" is in the test split`, {
    place: { file: file ?? suite.file },
    fix: 'Add cases, set "split": "test" on some, or lower devShare: a verdict needs cases that no prompt was chosen on.',
  });
}
