import type { ItemOf } from '../../api/types.ts';
import { StateTag, type Tone } from '../../ui/StateTag.tsx';

type State = ItemOf<'/api/v1/bulletins'>['state'];

const WORDS: Readonly<Record<State, string>> = {
  none: '还没有生成',
  draft: '草案',
  awaitingSecond: '等第二人签',
  signed: '已签发',
};
const TONES: Readonly<Record<State, Tone>> = {
  none: 'plain',
  draft: 'waiting',
  awaitingSecond: 'warn',
  signed: 'good',
};

export function BulletinStateTag({ state }: { readonly state: State }) {
  return <StateTag tone={TONES[state]}>{WORDS[state]}</StateTag>;
}
