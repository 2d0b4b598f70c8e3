import { joinRich, type Rich, rich } from '../rich-text.ts';
import { countWord } from '../text-words.ts';
import { holds } from './condition.ts';
import type { Sentence } from './sentence.ts';

/** What a field is in one bulletin. `number` is what conditions compare. */
export interface Value {
  readonly runs: Rich;
  readonly number: number;
  /** False for a count that nobody gave a source for. */
  readonly known: boolean;
}

export type Scope = ReadonlyMap<string, Value>;

export interface Context {
  readonly fields: Scope;
  readonly collections: ReadonlyMap<string, readonly Scope[]>;
  /** Told when a count without a source would have been printed. */
  readonly missing: (field: string) => void;
}

/** A compiled sentence for one bulletin. */
export function renderSentence(
  sentence: Sentence,
  context: Context,
  item: Scope | null = null,
): Rich {
  const render = (part: Sentence): Rich => renderSentence(part, context, item);
  switch (sentence.is) {
    case 'text':
      return joined(
        sentence.pieces.map((piece): Rich => {
          if (typeof piece === 'string') return [{ text: piece }];
          const value = item?.get(piece.field) ?? context.fields.get(piece.field);
          if (value?.known !== true) context.missing(piece.field);
          if (!piece.asWord) return value?.runs ?? [];
          const [run] = value?.runs ?? [];
          return [{ ...run, text: countWord(value?.number ?? 0) }];
        }),
      );
    case 'all':
      return joined(sentence.parts.map(render));
    case 'when':
      return render(
        holds(sentence.when, conditionValues(context, item)) ? sentence.then : sentence.otherwise,
      );
    case 'each': {
      const items = context.collections.get(sentence.of) ?? [];
      return joined(
        items.map((each, index): Rich => {
          const before = index === items.length - 1 ? sentence.lastJoin : sentence.join;
          const part = renderSentence(sentence.part, context, each);
          return index === 0 ? part : rich`${before}${part}`;
        }),
      );
    }
  }
}

const joined = (parts: readonly Rich[]): Rich => joinRich(parts, '');

/** What conditions compare, of one item or of the whole bulletin. */
export function conditionValues({ fields, collections }: Context, item: Scope | null) {
  const find = (field: string): Value | undefined => item?.get(field) ?? fields.get(field);
  return {
    number: (field: string): number => find(field)?.number ?? collections.get(field)?.length ?? 0,
    has: (field: string): boolean =>
      find(field)?.known ?? (collections.get(field)?.length ?? 0) > 0,
  };
}
