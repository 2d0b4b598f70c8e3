import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useGet } from '../../hooks/use-get.ts';
import { Answer } from '../../ui/Answer.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { BulletinStateTag } from '../bulletins/BulletinStateTag.tsx';
import './bulletin.css';
import { BulletinSide } from './BulletinSide.tsx';
import type { BulletinItem, NumberRef, OfficeBlock, Preview } from './bulletin-types.ts';
import { OfficeWords } from './OfficeWords.tsx';
import { OfficialDocument } from './OfficialDocument.tsx';
import { RowsDrawer } from './RowsDrawer.tsx';
import { WriteWords, type Writing } from './WriteWords.tsx';

/** A bulletin as it will be printed; every number of it opens. */
export function BulletinPage() {
  const { period } = useParams({ strict: false }) as { period: string };
  const preview = useGet('/api/v1/bulletins/{period}/preview', { path: { period } });
  const item = useGet('/api/v1/bulletins', { query: { limit: 200 } }).data?.items.find(
    (each) => each.period === period,
  );
  return (
    <>
      <PageHeader
        title={`${item?.label ?? period}通报`}
        aside={item && <BulletinStateTag state={item.state} />}
        back={{ to: '/bulletins', words: '通报' }}
        note="点正文里带下划线的数字，看它由哪些行得来。"
      />
      <Answer of={preview} rows={14}>
        {(document: Preview) => <Sheet period={period} item={item} document={document} />}
      </Answer>
    </>
  );
}

interface SheetProps {
  readonly period: string;
  readonly item: BulletinItem | undefined;
  readonly document: Preview;
}

function Sheet({ period, item, document }: SheetProps) {
  const [opened, setOpened] = useState<NumberRef | null>(null);
  const [writing, setWriting] = useState<Writing | null>(null);
  const blocks = useBlocks(period);
  const write = blocks && {
    after: (after: string) => setWriting({ after, template: document.template.id }),
    change: (number: number) => {
      const block = blocks.find((each) => each.block === number);
      if (block) setWriting({ block });
    },
  };
  return (
    <div className="bulletin">
      <OfficialDocument document={document} onNumber={setOpened} write={write} />
      <BulletinSide
        {...{ period, item, document }}
        words={
          blocks &&
          blocks.length > 0 && <OfficeWords period={period} blocks={blocks} onWrite={setWriting} />
        }
      />
      {opened !== null && (
        <RowsDrawer opened={opened} period={period} onClose={() => setOpened(null)} />
      )}
      {writing !== null && (
        <WriteWords period={period} writing={writing} onClose={() => setWriting(null)} />
      )}
    </div>
  );
}

/** The office's words where the actor may write any: a draft, and somebody who may build it. */
function useBlocks(period: string): readonly OfficeBlock[] | undefined {
  const signing = useGet('/api/v1/bulletins/{period}/signing', { path: { period } });
  const enabled = signing.data?.mayBuild === null;
  const answer = useGet('/api/v1/bulletins/{period}/blocks', { path: { period } }, { enabled });
  return enabled ? answer.data?.items : undefined;
}
