import { useState } from 'react';
import type { AnswerOf } from '../../api/types.ts';
import { useGet } from '../../hooks/use-get.ts';
import { Answer } from '../../ui/Answer.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { ScrollBox } from '../../ui/ScrollBox.tsx';
import { TableHead } from '../../ui/TableHead.tsx';
import { CONFIDENCE_WORDS, MEASURE_WORDS, PER_WORDS } from '../../util/matrix-words.ts';
import { ChangeWeights } from './ChangeWeights.tsx';

type Indices = AnswerOf<'/api/v1/accounts/{id}/indices'>;
export type IndexItem = Indices['items'][number];

const PERIODS = [
  ['week', '上周'],
  ['month', '上月'],
  ['year', '去年'],
] as const;

/** Communication indices, each with its formula's version and what went in: for reference, never part of a judgement. */
export function IndicesPanel({ id }: { readonly id: number }) {
  const [period, setPeriod] = useState<(typeof PERIODS)[number][0]>('month');
  const indices = useGet('/api/v1/accounts/{id}/indices', { path: { id }, query: { period } });
  return (
    <Panel
      title="传播参考指数"
      aside={
        <fieldset className="kind-choice">
          <legend className="only-read">期间</legend>
          {PERIODS.map(([value, words]) => (
            <button
              key={value}
              type="button"
              aria-pressed={value === period}
              onClick={() => setPeriod(value)}
            >
              {words}
            </button>
          ))}
        </fieldset>
      }
    >
      <Answer of={indices} rows={3}>
        {(data) =>
          data.items.length === 0 ? (
            <EmptyState title="这个平台没有参考指数" />
          ) : (
            <>
              <p className="quiet">
                {data.period.from} 至 {data.period.to}，按 {data.period.days}{' '}
                天计；仅供参考，不进判定。
                {data.isOfPersons && '平台给的是人数不是次数，结果是近似（人数口径）。'}
              </p>
              {data.items.map((item) => (
                <Index key={item.formula.id} item={item} />
              ))}
            </>
          )
        }
      </Answer>
    </Panel>
  );
}

/** What is missing, by the reason why. */
function missingWords(missing: IndexItem['result']['inputs']): string {
  const reasons = Map.groupBy(missing, (input) => input.missing ?? '');
  return [...reasons]
    .map(
      ([reason, of]) =>
        `${of.map(({ measure }) => MEASURE_WORDS[measure]).join('、')}（${reason}）`,
    )
    .join('；');
}

function Index({ item }: { readonly item: IndexItem }) {
  const { formula, result, change } = item;
  const missing = result.inputs.filter(({ value }) => value === null);
  return (
    <div className="index-item">
      <p className="tag-row">
        <strong>{formula.title}</strong>
        <b>{result.value === null ? '缺数，不算' : result.value.toFixed(2)}</b>
        <span className="quiet">
          第 {formula.version} 版 · {CONFIDENCE_WORDS[formula.confidence]}
        </span>
        <ChangeWeights item={item} />
      </p>
      {missing.length > 0 && <p className="quiet">缺：{missingWords(missing)}</p>}
      <details className="more">
        <summary>
          公式和用到的数<span className="only-read">：{formula.title}</span>
        </summary>
        <p className="quiet">{formula.note}</p>
        {change && (
          <p className="quiet">
            {change.by} 修改：{change.reason}
          </p>
        )}
        <p>
          指数 = {formula.scale} ×（各部分权重 × 各项之和，相加）
          {formula.power === 2 ? '²' : ''}；每项 = 权重 × ln(倍数 × 数 + 1)
        </p>
        <ScrollBox name={`${formula.title}的数`}>
          <table className="plain-table">
            <TableHead titles={['部分', '口径', '项', '倍数', '权重', '数']} />
            <tbody>
              {formula.groups.flatMap((group) =>
                group.terms.map((term) => (
                  <tr key={`${group.id} ${term.measure}`}>
                    <td>
                      {group.title}（{group.weight}）
                    </td>
                    <td>{PER_WORDS[group.per]}</td>
                    <td>{MEASURE_WORDS[term.measure]}</td>
                    <td>{term.times}</td>
                    <td>{term.weight}</td>
                    <td>
                      {result.inputs.find(({ measure }) => measure === term.measure)?.value ?? '缺'}
                    </td>
                  </tr>
                )),
              )}
            </tbody>
          </table>
        </ScrollBox>
      </details>
    </div>
  );
}
