/** Names that cases of a page share, as positions: tags, graders, and items of checklists. */

/** Names in order of first appearance. */
export class Positions {
  readonly names: string[] = [];
  readonly #at = new Map<string, number>();

  of(name: string): number {
    const known = this.#at.get(name);
    if (known !== undefined) return known;
    this.#at.set(name, this.names.length);
    this.names.push(name);
    return this.names.length - 1;
  }
}

export class ItemPositions {
  readonly names: (readonly [grader: string, item: string])[] = [];
  readonly #keys = new Positions();

  of(item: readonly [grader: string, item: string]): number {
    const at = this.#keys.of(JSON.stringify(item));
    this.names[at] ??= item;
    return at;
  }
}

export interface PageNames {
  readonly tags: Positions;
  readonly graders: Positions;
  readonly items: ItemPositions;
}

export function createNames(): PageNames {
  return { tags: new Positions(), graders: new Positions(), items: new ItemPositions() };
}
