/** A suite's cases, checked in one pass and streamed in later ones, so that memory stays flat. */
import type { LoadedCase } from "../suite/case.ts";
import type { LoadedSuite } from "../suite/suite.ts";

export interface DatasetCounts {
  readonly dev: number;
  readonly test: number;
  /** Clusters, over both splits. */
  readonly clusters: number;
}

export interface Dataset {
  readonly count: number;
  readonly counts: DatasetCounts;
  /** SHA-256 (hex) over every case in file order: its id, content, cluster, tags, weight and declared split. */
  readonly fingerprint: string;
  /** Absolute path of the data file; absent for cases written in the suite. */
  readonly file?: string;
  /** Streams the cases in file order; may be called again. Throws ConfigError when the file changed since it was checked. */
  readonly cases: () => AsyncIterable<LoadedCase>;
}

export function openDataset(_suite: LoadedSuite): Promise<Dataset> {
  throw new Error("not built yet");
}
