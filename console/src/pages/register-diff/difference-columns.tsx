import { Link } from '@tanstack/react-router';
import { Checkbox } from 'antd';
import type { ItemOf } from '../../api/types.ts';
import type { ListColumn } from '../../table/list-column.ts';
import { ReasonedButton } from '../../ui/ReasonedButton.tsx';
import { StateTag } from '../../ui/StateTag.tsx';

type Difference = ItemOf<'/api/v1/register-diffs/{id}/differences'>;

export const KIND_WORDS = {
  differs: '字段不同',
  theirs: '只在报送系统',
  ours: '只在名录',
} as const;
export const STATE_WORDS = { open: '未处理', adopted: '已采用', takenBack: '已退回' } as const;

interface Choosing {
  readonly chosen: ReadonlySet<number>;
  readonly toggle: (row: Difference) => void;
  readonly isBusy: boolean;
  readonly adopt: (row: Difference, side: 'ours' | 'theirs') => void;
}

/** The columns of the differences; the first names the account and chooses it. */
export const differenceColumns = (choosing: Choosing): readonly ListColumn<Difference>[] => [
  {
    title: '账号名称',
    width: 210,
    render: (row) => (
      <span className="diff-name">
        {row.state !== 'adopted' && row.whyNot === null && (
          <Checkbox
            aria-label={`选中 ${row.name} ${row.title ?? KIND_WORDS[row.kind]}`}
            checked={choosing.chosen.has(row.number)}
            onChange={() => choosing.toggle(row)}
          />
        )}
        {row.accountId === null ? (
          <span>{row.name}</span>
        ) : (
          <Link to="/accounts/$id" params={{ id: String(row.accountId) }}>
            {row.name}
          </Link>
        )}
      </span>
    ),
  },
  { title: '平台', width: 110, render: ({ platform }) => platform },
  { title: '主办单位', width: 170, render: ({ sponsor }) => sponsor },
  { title: '差异', width: 110, render: ({ kind, title }) => title ?? KIND_WORDS[kind] },
  { title: '名录 → 报送系统', width: 280, render: (row) => <Values row={row} /> },
  {
    title: '文件行',
    width: 80,
    isWideOnly: true,
    render: ({ fileRow }) => fileRow ?? '—',
  },
  { title: '处理', width: 190, render: (row) => <Handling row={row} choosing={choosing} /> },
];

function Values({ row: { kind, field, ours, theirs } }: { readonly row: Difference }) {
  if (kind === 'ours') return <span className="quiet">对方没有这个账号</span>;
  if (field === null) return <span>{theirs || '（没有更多内容）'}</span>;
  return (
    <span className="diff-values">
      <del>{ours || '（空）'}</del> → <ins>{theirs || '（空）'}</ins>
    </span>
  );
}

interface HandlingProps {
  readonly row: Difference;
  readonly choosing: Choosing;
}

function Handling({ row, choosing: { adopt, isBusy } }: HandlingProps) {
  const isAdopted = row.state === 'adopted';
  const words = isAdopted ? '退回原值' : row.field === null ? '登记入名录' : '采用';
  return (
    <span className="diff-handling">
      {row.state !== 'open' && (
        <StateTag tone={isAdopted ? 'good' : 'plain'}>{STATE_WORDS[row.state]}</StateTag>
      )}
      <ReasonedButton
        size="small"
        whyNot={row.whyNot}
        loading={isBusy}
        aria-label={`${words}：${row.name} ${row.title ?? ''}`}
        onClick={() => adopt(row, isAdopted ? 'ours' : 'theirs')}
      >
        {words}
      </ReasonedButton>
    </span>
  );
}
