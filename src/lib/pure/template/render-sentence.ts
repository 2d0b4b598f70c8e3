import { countWord } from '../chinese-number.ts';
import { holds } from './condition.ts';
import { joinRich, type Rich, rich } from './rich.ts';
import type { Sentence } from './sentence.ts';

/** What a field is in one document. `number` is what conditions compare. */
export interface Value<Ref = never> {
  readonly runs: Rich<Ref>;
  readonly number: number;
  /** False for a count that nobody gave a source for. */
  readonly known: boolean;
}

export type Scope<Ref = never> = ReadonlyMap<string, Value<Ref>>;

export interface Context<Ref = never> {
  readonly fields: Scope<Ref>;
  readonly collections: ReadonlyMap<string, readonly Scope<Ref>[]>;
  /** Told when a count without a source would have been printed. */
  readonly missing: (field: string) => void;
}

/** A compiled sentence for one document. */
export function renderSentence<Ref>(
  sentence: Sentence,
  context: Context<Ref>,
  item: Scope<Ref> | null = null,
): Rich<Ref> {
  const render = (part: Sentence): Rich<Ref> => renderSentence(part, context, item);
  switch (sentence.is) {
    case 'text':
      return joined(
        sentence.pieces.map((piece): Rich<Ref> => {
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
        items.map((each, index): Rich<Ref> => {
          const before = index === items.length - 1 ? sentence.lastJoin : sentence.join;
          const part = renderSentence(sentence.part, context, each);
          return index === 0 ? part : rich<Ref>`${before}${part}`;
        }),
      );
    }
  }
}

const joined = <Ref>(parts: readonly Rich<Ref>[]): Rich<Ref> => joinRich(parts, '');

/** What conditions compare, of one item or of the whole document. */
export function conditionValues<Ref>(
  { fields, collections }: Context<Ref>,
  item: Scope<Ref> | null,
) {
  const find = (field: string): Value<Ref> | undefined => item?.get(field) ?? fields.get(field);
  return {
    number: (field: string): number => find(field)?.number ?? collections.get(field)?.length ?? 0,
    has: (field: string): boolean =>
      find(field)?.known ?? (collections.get(field)?.length ?? 0) > 0,
  };
}
