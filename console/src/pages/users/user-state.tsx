import type { ItemOf } from '../../api/types.ts';
import { StateTag, type Tone } from '../../ui/StateTag.tsx';

export type User = ItemOf<'/api/v1/users'>;

export const STATE_WORDS: Readonly<Record<User['state'], string>> = {
  active: '正常',
  disabled: '已停用',
  locked: '已锁定',
};
const STATE_TONES: Readonly<Record<User['state'], Tone>> = {
  active: 'good',
  disabled: 'plain',
  locked: 'bad',
};

export function UserStateTag({ state }: { readonly state: User['state'] }) {
  return <StateTag tone={STATE_TONES[state]}>{STATE_WORDS[state]}</StateTag>;
}
