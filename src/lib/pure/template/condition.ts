/** A condition of a template, compiled. Only fields, whole numbers, comparisons, and, or, not, has and brackets: nothing is evaluated as code. */
export type Condition =
  | {
      readonly is: 'compare';
      readonly left: Operand;
      readonly by: Comparison;
      readonly right: Operand;
    }
  | { readonly is: 'field' | 'has'; readonly field: string }
  | { readonly is: 'not'; readonly of: Condition }
  | { readonly is: 'and' | 'or'; readonly all: readonly Condition[] };
export type Operand = { readonly field: string } | { readonly number: number };
type Comparison = (typeof COMPARISONS)[number];

const COMPARISONS = ['<=', '>=', '!=', '=', '<', '>'] as const;
const TOKEN = /\s*(<=|>=|!=|[=<>()]|\d{1,9}|[A-Za-z][A-Za-z.]*)/y;
/** No sentence hangs on more. */
const TOKENS_MAX = 60;

/** Why a condition is none, in Chinese, and at which character (from 1). */
export interface Broken {
  readonly broken: string;
  readonly at: number;
}

/** Compiles `sites.failing > 0 and not sites.sampled`; the words say in Chinese where it breaks. */
export function parseCondition(text: string): Condition | Broken {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.trimEnd().length) {
    const at = TOKEN.lastIndex;
    const token = TOKEN.exec(text)?.[1];
    const start = at + (/\S/.exec(text.slice(at))?.index ?? 0) + 1;
    if (token === undefined)
      return { broken: `从“${text.slice(at).trim().slice(0, 12)}”起看不懂`, at: start };
    if (tokens.push({ text: token, at: start }) > TOKENS_MAX)
      return { broken: `太长，最多 ${TOKENS_MAX} 个词`, at: start };
  }
  const reader = new Reader(tokens, text.trimEnd().length + 1);
  const condition = reader.either();
  return reader.problem === null && condition !== null
    ? condition
    : (reader.problem ?? { broken: '是空的', at: 1 });
}

interface Token {
  readonly text: string;
  readonly at: number;
}

class Reader {
  problem: Broken | null = null;
  readonly #tokens: readonly Token[];
  /** Where the text ends: what is missing at its end is missing there. */
  readonly #end: number;
  #at = 0;

  constructor(tokens: readonly Token[], end: number) {
    this.#tokens = tokens;
    this.#end = end;
  }

  /** The whole condition: something must not be left over. */
  either(): Condition | null {
    const found = this.#any();
    const left = this.#tokens[this.#at]?.text;
    return left === undefined ? found : this.#fail(`“${left}”不该在这里`);
  }

  #any(): Condition | null {
    return this.#joined('or', () => this.#joined('and', () => this.#one()));
  }

  #joined(word: 'and' | 'or', next: () => Condition | null): Condition | null {
    const first = next();
    if (first === null) return null;
    const all = [first];
    while (this.#take(word)) {
      const more = next();
      if (more === null) return null;
      all.push(more);
    }
    return all.length === 1 ? first : { is: word, all };
  }

  #one(): Condition | null {
    if (this.#take('not')) {
      const of = this.#one();
      return of && { is: 'not', of };
    }
    if (this.#take('(')) {
      const inside = this.#any();
      return this.#take(')') ? inside : this.#fail('括号没有成对');
    }
    if (this.#take('has')) {
      const named = this.#operand('has');
      if (named === null || 'field' in named) return named && { is: 'has', field: named.field };
      return this.#fail('“has”后面要写字段');
    }
    const left = this.#operand(null);
    if (left === null) return null;
    const by = COMPARISONS.find((each) => this.#take(each));
    if (by === undefined)
      return 'field' in left
        ? { is: 'field', field: left.field }
        : this.#fail(`“${left.number}”要和一个字段比较`);
    const right = this.#operand(by);
    return right && { is: 'compare', left, by, right };
  }

  #operand(after: string | null): Operand | null {
    const token = this.#tokens[this.#at]?.text;
    if (token !== undefined && /^\d/.test(token)) {
      this.#at += 1;
      return { number: Number(token) };
    }
    if (
      token !== undefined &&
      /^[A-Za-z]/.test(token) &&
      !['and', 'or', 'has', 'not'].includes(token)
    ) {
      this.#at += 1;
      return { field: token };
    }
    return this.#fail(after === null ? '少了字段或数' : `“${after}”后面少了字段或数`);
  }

  #take(token: string): boolean {
    if (this.#tokens[this.#at]?.text !== token) return false;
    this.#at += 1;
    return true;
  }

  #fail(problem: string): null {
    this.problem ??= { broken: problem, at: this.#tokens[this.#at]?.at ?? this.#end };
    return null;
  }
}

/** The numbers behind fields: a list is as many as it has, a flag 1 or 0. */
export interface ConditionValues {
  number(field: string): number;
  /** Whether the field has a value with a source. */
  has(field: string): boolean;
}

export function holds(condition: Condition, values: ConditionValues): boolean {
  switch (condition.is) {
    case 'field':
      return values.number(condition.field) > 0;
    case 'has':
      return values.has(condition.field);
    case 'not':
      return !holds(condition.of, values);
    case 'and':
      return condition.all.every((each) => holds(each, values));
    case 'or':
      return condition.all.some((each) => holds(each, values));
    case 'compare': {
      const of = (operand: Operand): number =>
        'field' in operand ? values.number(operand.field) : operand.number;
      return compare(of(condition.left), condition.by, of(condition.right));
    }
  }
}

function compare(left: number, by: Comparison, right: number): boolean {
  if (by === '=') return left === right;
  if (by === '!=') return left !== right;
  if (by === '<') return left < right;
  if (by === '<=') return left <= right;
  return by === '>' ? left > right : left >= right;
}

/** Fields that a condition names, with those that it compares. */
export function fieldsOf(
  condition: Condition,
): readonly { readonly field: string; readonly only: 'has' | null }[] {
  switch (condition.is) {
    case 'field':
      return [{ field: condition.field, only: null }];
    case 'has':
      return [{ field: condition.field, only: 'has' }];
    case 'not':
      return fieldsOf(condition.of);
    case 'and':
    case 'or':
      return condition.all.flatMap(fieldsOf);
    case 'compare':
      return [condition.left, condition.right].flatMap((operand) =>
        'field' in operand ? [{ field: operand.field, only: null }] : [],
      );
  }
}
