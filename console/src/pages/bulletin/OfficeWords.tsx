import { Button } from 'antd';
import { sendChange } from '../../api/client.ts';
import { useChange } from '../../hooks/use-change.ts';
import { ConfirmButton } from '../../ui/ConfirmButton.tsx';
import { DateText } from '../../ui/DateText.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { StateTag } from '../../ui/StateTag.tsx';
import type { OfficeBlock } from './bulletin-types.ts';
import { BLOCK_REFRESHES, type Writing } from './WriteWords.tsx';

interface OfficeWordsProps {
  readonly period: string;
  readonly blocks: readonly OfficeBlock[];
  readonly onWrite: (writing: Writing) => void;
}

/** The office's blocks of a draft, those that were taken out too: nothing that was written is lost. */
export function OfficeWords({ period, blocks, onWrite }: OfficeWordsProps) {
  const remove = useChange({
    change: ({ block, version, removed }: OfficeBlock) =>
      sendChange('patch', '/api/v1/bulletins/{period}/blocks/{block}', {
        params: { path: { period, block } },
        body: { version, removed: !removed },
      }),
    doneWords: ({ removed }) => (removed ? '已去掉，可以取回' : '已取回'),
    refreshes: BLOCK_REFRESHES,
  });
  return (
    <Panel title="插入段和批注">
      <p className="quiet">
        计算出来的话不能改写；在正文里点“在此后写一段”，写办公室自己的话或批注。
      </p>
      <ul className="words-list" aria-label="插入段和批注">
        {blocks.map((each) => (
          <li key={each.block}>
            <StateTag tone={each.removed ? 'waiting' : 'plain'}>
              {each.removed ? '已去掉' : KINDS[each.kind]}
            </StateTag>{' '}
            {excerpt(each.text)}
            <p className="quiet">
              {each.by} <DateText at={each.at} />
              {each.reason && `，理由：${each.reason}`}
            </p>
            <div className="button-row">
              {each.removed ? (
                <Button size="small" onClick={() => remove.mutate(each)}>
                  取回
                </Button>
              ) : (
                <>
                  <Button size="small" onClick={() => onWrite({ block: each })}>
                    改
                  </Button>
                  <ConfirmButton
                    size="small"
                    question="去掉这一段？"
                    consequence="不再印出；记录留着，可以取回。"
                    onConfirm={() => remove.mutateAsync(each)}
                  >
                    去掉
                  </ConfirmButton>
                </>
              )}
            </div>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

const KINDS: Readonly<Record<OfficeBlock['kind'], string>> = { text: '插入段', annotation: '批注' };
const EXCERPT = 40;

const excerpt = (text: string): string =>
  text.length > EXCERPT ? `${text.slice(0, EXCERPT)}……` : text;
