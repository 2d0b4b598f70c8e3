import type { ImportPreview } from '../../api/types.ts';
import { StateTag, type Tone } from '../../ui/StateTag.tsx';

const STATES: Readonly<Record<ImportPreview['state'], readonly [Tone, string]>> = {
  drafted: ['plain', '待确认'],
  faulty: ['bad', '有错误'],
  waiting: ['waiting', '等人批准'],
  applied: ['good', '已导入'],
  refused: ['bad', '已退回'],
  expired: ['plain', '已过期'],
};

export function ImportStateTag({ state }: Pick<ImportPreview, 'state'>) {
  const [tone, words] = STATES[state];
  return <StateTag tone={tone}>{words}</StateTag>;
}
