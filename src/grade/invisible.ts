/** Characters that are not seen. */

/** Zero width, direction marks, soft hyphen. */
const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/gu;

export function withoutInvisible(text: string): string {
  return text.replace(INVISIBLE, "");
}
