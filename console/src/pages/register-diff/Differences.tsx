import { Alert, Checkbox } from 'antd';
import { useState } from 'react';
import { sendChange } from '../../api/client.ts';
import type { AnswerOf, ItemOf } from '../../api/types.ts';
import { useChange } from '../../hooks/use-change.ts';
import { useGet } from '../../hooks/use-get.ts';
import { useListQuery } from '../../hooks/use-list-query.ts';
import { useWhyNot } from '../../hooks/use-session.ts';
import { optionsOf, SearchFilter, SelectFilter, UnitFilter } from '../../table/filters.tsx';
import { ListFilters } from '../../table/ListFilters.tsx';
import { ListTable } from '../../table/ListTable.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ReasonedButton } from '../../ui/ReasonedButton.tsx';
import { formatSearch, type Search } from '../../util/search.ts';
import { differenceColumns, KIND_WORDS, STATE_WORDS } from './difference-columns.tsx';

type Difference = ItemOf<'/api/v1/register-diffs/{id}/differences'>;
type Diff = AnswerOf<'/api/v1/register-diffs/{id}'>;
type Adopted = AnswerOf<'/api/v1/register-diffs/{id}/adoptions', 'post'>;

const FILTERS = ['q', 'kind', 'field', 'unitId', 'state'];
const REFRESHES = [
  ...(['/api/v1/register-diffs/{id}', '/api/v1/register-diffs/{id}/differences'] as const),
  ...(['/api/v1/accounts', '/api/v1/accounts/{id}', '/api/v1/accounts/{id}/record'] as const),
];

/** The differences, filtered and paged by the server; those chosen are adopted together. */
export function Differences({ diff }: { readonly diff: Diff }) {
  const list = useListQuery(FILTERS);
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  const found = useGet(
    '/api/v1/register-diffs/{id}/differences',
    { path: { id: diff.id }, query: list.query as never },
    { keepsFormer: true },
  );
  const adopt = useChange({
    change: (asked: { readonly numbers: readonly number[]; readonly side: 'ours' | 'theirs' }) =>
      sendChange('post', '/api/v1/register-diffs/{id}/adoptions', {
        params: { path: { id: diff.id } },
        body: { numbers: [...asked.numbers], side: asked.side },
      }),
    doneWords,
    refreshes: REFRESHES,
    onDone: () => setChosen(new Set()),
  });
  const rows = found.data?.items ?? [];
  // Only what is in sight is adopted: a selection does not outlive its page.
  const inSight = rows.filter((row) => isOpen(row) && chosen.has(row.number));
  const toggle = (row: Difference): void => {
    const next = new Set(chosen);
    if (!next.delete(row.number)) next.add(row.number);
    setChosen(next);
  };
  const all = rows.filter(isOpen);
  return (
    <>
      <ListFilters
        list={list}
        search={<SearchFilter list={list} name="q" label="名称、单位或值" />}
        actions={<ExportButton id={diff.id} filters={list.filters} />}
      >
        <SelectFilter list={list} name="kind" label="差异" options={optionsOf(KIND_WORDS)} />
        <SelectFilter
          list={list}
          name="field"
          label="字段"
          options={diff.fields.map(({ field, title, count }) => ({
            value: field,
            label: `${title}（${count}）`,
          }))}
          width={170}
        />
        <SelectFilter list={list} name="state" label="处理" options={optionsOf(STATE_WORDS)} />
        <UnitFilter list={list} name="unitId" label="单位及下属" />
      </ListFilters>
      {adopt.data && adopt.data.refused.length > 0 && <Refused answer={adopt.data} />}
      {all.length > 0 && (
        <div className="diff-choice">
          <Checkbox
            checked={inSight.length === all.length}
            indeterminate={inSight.length > 0 && inSight.length < all.length}
            onChange={({ target }) =>
              setChosen(new Set(target.checked ? all.map(({ number }) => number) : []))
            }
          >
            选中本页可采用的 {all.length} 处
          </Checkbox>
          <ReasonedButton
            type="primary"
            whyNot={inSight.length === 0 ? '请先选中差异。' : null}
            loading={adopt.isPending}
            onClick={() =>
              adopt.mutate({ numbers: inSight.map(({ number }) => number), side: 'theirs' })
            }
          >
            采用选中的 {inSight.length} 处
          </ReasonedButton>
        </div>
      )}
      <ListTable<Difference>
        name="差异"
        list={list}
        answer={found}
        columns={differenceColumns({
          chosen,
          toggle,
          isBusy: adopt.isPending,
          adopt: ({ number }, side) => adopt.mutate({ numbers: [number], side }),
        })}
        keyOf={({ number }) => number}
        empty={<EmptyState title="没有差异">看得到的账号，报送系统和名录一致。</EmptyState>}
      />
    </>
  );
}

const isOpen = ({ state, whyNot }: Difference): boolean => state !== 'adopted' && whyNot === null;

const doneWords = ({ adopted, refused }: Adopted): string =>
  adopted > 0 ? `已改 ${adopted} 处，名录里留有历史` : `没有改动：${refused[0]?.reason ?? ''}`;

function Refused({ answer }: { readonly answer: Adopted }) {
  return (
    <Alert
      type="warning"
      showIcon
      className="form-problem"
      title={`有 ${answer.refused.length} 处没有改`}
      description={[...new Set(answer.refused.map(({ reason }) => reason))].join(' ')}
    />
  );
}

interface ExportButtonProps {
  readonly id: number;
  readonly filters: Readonly<Record<string, string | undefined>>;
}

function ExportButton({ id, filters }: ExportButtonProps) {
  const whyNot = useWhyNot()('registry.export');
  const query = formatSearch(filters as Search);
  return (
    <ReasonedButton
      whyNot={whyNot}
      {...(whyNot === null && {
        href: `/api/v1/register-diffs/${id}/export${query}`,
        download: true,
      })}
    >
      导出 Excel
    </ReasonedButton>
  );
}
