import { Link, useParams, useSearch } from '@tanstack/react-router';
import type { AnswerOf } from '../../api/types.ts';
import { useGet } from '../../hooks/use-get.ts';
import { NeedsAbility } from '../../layout/NeedsAbility.tsx';
import { Answer } from '../../ui/Answer.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import type { Search } from '../../util/search.ts';
import { DueDay } from '../self-checks/self-check-words.tsx';
import { Comparison } from './Comparison.tsx';
import { HandIn } from './HandIn.tsx';
import '../rectification/rectification.css';
import '../self-check/self-check.css';

export type HandInAnswer = AnswerOf<'/api/v1/self-checks/{id}/units/{unitId}'>;

/** What one unit hands in of a self-check. */
export interface AskedUnit {
  readonly id: number;
  readonly unitId: number;
}

/** What a unit handed in, and how it compares with the province's round. */
export function SelfCheckUnitPage() {
  const params = useParams({ from: '/inside/self-checks/$id/units/$unitId' });
  const asked = { id: Number(params.id), unitId: Number(params.unitId) };
  const handIn = useGet('/api/v1/self-checks/{id}/units/{unitId}', { path: asked });
  return (
    <NeedsAbility ability="selfcheck.read">
      <Answer of={handIn} pageTitle="自查结果">
        {(data) => <OneUnit asked={asked} handIn={data} />}
      </Answer>
    </NeedsAbility>
  );
}

interface OneUnitProps {
  readonly asked: AskedUnit;
  readonly handIn: HandInAnswer;
}

function OneUnit({ asked, handIn }: OneUnitProps) {
  const { view } = useSearch({ strict: false }) as Search;
  const params = { id: String(asked.id), unitId: String(asked.unitId) };
  const tab = (words: string, shown: string | undefined) => (
    <Link
      to="/self-checks/$id/units/$unitId"
      params={params}
      search={shown === undefined ? {} : { view: shown }}
      activeOptions={{ exact: true, explicitUndefined: true }}
      {...(view === shown && { 'aria-current': 'page' as const })}
    >
      {words}
    </Link>
  );
  return (
    <>
      <PageHeader
        title={`${handIn.unitName}自查`}
        back={{ to: '/self-checks', words: '市级自查' }}
        note={
          <>
            {handIn.label}，期限 <DueDay {...handIn} />。
          </>
        }
        actions={
          <Link to="/self-checks/$id" params={{ id: params.id }}>
            各单位
          </Link>
        }
      />
      <nav className="view-tabs" aria-label="查看方式">
        {tab('填报', undefined)}
        {tab('与省级结果比对', 'comparison')}
      </nav>
      {view === 'comparison' ? (
        <Comparison asked={asked} />
      ) : (
        <HandIn asked={asked} handIn={handIn} />
      )}
    </>
  );
}
