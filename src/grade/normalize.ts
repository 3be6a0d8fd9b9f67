/**
 * What makes two texts the same: Unicode NFC, no white space around, inner white space folded to one space; on request
 * letter case and punctuation do not count.
 */
export interface NormalizeOptions {
  /** Letter case does not count; default false. */
  readonly caseFold?: boolean;
  /**
   * Punctuation does not count, save `-` `.` `,` `:` `/` directly before a digit (`-5`, `1.5`) and signs that carry meaning (`#` `%` `&` `*`
   * `@`: C# is not C, 50% not 50). A text of nothing but punctuation stays as it is. Default false.
   */
  readonly ignorePunctuation?: boolean;
}

const PUNCTUATION = /(?![-.,:/]\p{N})(?![#%&*@])\p{P}/gu;

/** The normal form of a text under the options. */
export function normalizer(options: NormalizeOptions): (text: string) => string {
  return (text) => {
    let normal = text.normalize("NFC");
    // Upper before lower: ß and SS, ς and σ meet only that way.
    if (options.caseFold === true) normal = normal.toUpperCase().toLowerCase().normalize("NFC");
    if (options.ignorePunctuation === true) {
      const bare = normal.replace(PUNCTUATION, "");
      if (bare.trim() !== "") normal = bare;
    }
    return normal.replace(/\s+/gu, " ").trim();
  };
}
