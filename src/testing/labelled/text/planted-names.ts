import type { Characters } from '../../../derive/text/characters.ts';

/** A wrong writing of a protected name, planted in a sentence. */
export interface PlantedName {
  readonly name: string;
  readonly kind: 'change' | 'drop' | 'double' | 'swap';
  readonly text: string;
  /** Units of `text` where the wrong writing stands. */
  readonly start: number;
  readonly end: number;
}

const SENTENCES = [
  '关于贯彻落实〇有关文件精神的通知',
  '日前，〇印发通知，要求各地认真执行。',
  '我们衷心拥护〇。',
  '本次学习的主题：〇。',
];

/**
 * Every slip of a name: each character taken for each of its neighbours by sound, shape and structure, left out, written twice, and
 * changed over with the next.
 */
export function plantName(name: string, characters: Characters): PlantedName[] {
  const planted: PlantedName[] = [];
  const add = (kind: PlantedName['kind'], wrong: string): void => {
    const sentence = SENTENCES[planted.length % SENTENCES.length]!;
    const start = sentence.indexOf('〇');
    if (wrong !== name)
      planted.push({
        name,
        kind,
        text: sentence.replace('〇', wrong),
        start,
        end: start + wrong.length,
      });
  };
  for (let at = 0; at < name.length; at += 1) {
    const [before, after] = [name.slice(0, at), name.slice(at + 1)];
    for (const other of characters.neighbours(name[at]!).keys())
      add('change', before + other + after);
    if (name.length > 2) add('drop', before + after);
    add('double', before + name[at]! + name[at]! + after);
    if (at + 1 < name.length) add('swap', before + name[at + 1]! + name[at]! + name.slice(at + 2));
  }
  return planted;
}
