import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useGet } from '../../hooks/use-get.ts';
import { Answer } from '../../ui/Answer.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { BulletinStateTag } from '../bulletins/BulletinStateTag.tsx';
import './bulletin.css';
import { BulletinSide } from './BulletinSide.tsx';
import type { NumberRef, Preview } from './bulletin-types.ts';
import { OfficialDocument } from './OfficialDocument.tsx';
import { RowsDrawer } from './RowsDrawer.tsx';

/** A bulletin as it will be printed; every number of it opens. */
export function BulletinPage() {
  const { period } = useParams({ strict: false }) as { period: string };
  const preview = useGet('/api/v1/bulletins/{period}/preview', { path: { period } });
  const item = useGet('/api/v1/bulletins', { query: { limit: 200 } }).data?.items.find(
    (each) => each.period === period,
  );
  const [opened, setOpened] = useState<NumberRef | null>(null);
  return (
    <>
      <PageHeader
        title={`${item?.label ?? period}通报`}
        aside={item && <BulletinStateTag state={item.state} />}
        back={{ to: '/bulletins', words: '通报' }}
        note="点正文里带下划线的数字，看它由哪些行得来。"
      />
      <Answer of={preview} rows={14}>
        {(document: Preview) => (
          <div className="bulletin">
            <OfficialDocument document={document} onNumber={setOpened} />
            <BulletinSide period={period} item={item} document={document} />
            {opened !== null && (
              <RowsDrawer opened={opened} period={period} onClose={() => setOpened(null)} />
            )}
          </div>
        )}
      </Answer>
    </>
  );
}
