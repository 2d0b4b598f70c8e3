import { Link, useParams, useSearch } from '@tanstack/react-router';
import { useGet } from '../../hooks/use-get.ts';
import { NeedsAbility } from '../../layout/NeedsAbility.tsx';
import { Answer } from '../../ui/Answer.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { Properties } from '../../ui/Properties.tsx';
import type { Search } from '../../util/search.ts';
import {
  type AssessedLine,
  type AssessedUnit,
  isObjection,
  OutcomeText,
  UnitStateTag,
} from '../assessments/assessment-words.tsx';
import { DecideLine } from './DecideLine.tsx';
import { LineCard } from './LineCard.tsx';
import { ReportForm } from './ReportForm.tsx';
import { ReviewUnit } from './ReviewUnit.tsx';
import '../assessments/assessments.css';

/** One unit in a year's assessment, line by line: what the platform counted, what the unit says, what was decided. */
export function AssessmentUnitPage() {
  const { id, unitId } = useParams({ from: '/inside/assessments/$id/units/$unitId' });
  const path = { id: Number(id), unitId: Number(unitId) };
  const given = useGet('/api/v1/assessments/{id}/units/{unitId}', { path });
  return (
    <NeedsAbility ability="assessment.read">
      <Answer of={given} pageTitle="年度考核">
        {(data) => <OneUnit given={data} />}
      </Answer>
    </NeedsAbility>
  );
}

interface GivenProps {
  readonly given: AssessedUnit;
}

function OneUnit({ given }: GivenProps) {
  const { head, unit, may } = given;
  return (
    <>
      <PageHeader
        title={`${unit.unitName}：${head.year} 年考核`}
        aside={<UnitStateTag state={unit.state} />}
        back={{
          ...{ to: '/assessments/$id', params: { id: String(head.id) } },
          words: `${head.year} 年${head.name}`,
        }}
        note={`平台的数字数到 ${head.measuredOn}；自评期限 ${head.reportBy}`}
      />
      <p className="case-next">{nextWords(given)}</p>
      <Summary given={given} />
      {(may.review || may.return) && <ReviewUnit given={given} />}
      {may.report ? <ReportForm key={unit.version} given={given} /> : <Lines given={given} />}
    </>
  );
}

function Summary({ given: { unit, lines } }: GivenProps) {
  const open = lines.filter(({ centipoints }) => centipoints === null).length;
  return (
    <Panel title="结果">
      <Properties
        of={[
          ['得分', <OutcomeText key="outcome" outcome={unit.outcome} />],
          ['名次', unit.rank ?? '公布以后才有'],
          ['没有定的', open === 0 ? '没有' : `${open} 项`],
          ['单位异议', unit.objections === 0 ? '没有' : `${unit.objections} 项`],
        ]}
      />
    </Panel>
  );
}

const VIEWS = [
  { show: undefined, words: '全部', holds: () => true },
  { show: 'open', words: '待核定', holds: (line: AssessedLine) => line.centipoints === null },
  { show: 'objections', words: '有异议', holds: isObjection },
] as const;

/** The lines to read, and for the office to decide. */
function Lines({ given }: GivenProps) {
  const { show, ...search } = useSearch({ strict: false }) as Search;
  const view = VIEWS.find((each) => each.show === show) ?? VIEWS[0];
  const lines = given.lines.filter(view.holds);
  const params = { id: String(given.head.id), unitId: String(given.unit.unitId) };
  return (
    <>
      <nav className="view-tabs" aria-label="看哪些项">
        {VIEWS.map(({ show: wanted, words, holds }) => (
          <Link
            key={words}
            to="/assessments/$id/units/$unitId"
            params={params}
            search={{ ...search, show: wanted }}
            activeOptions={{ exact: true, explicitUndefined: true }}
            {...(view.show === wanted && { 'aria-current': 'page' as const })}
          >
            {words}（{given.lines.filter(holds).length}）
          </Link>
        ))}
      </nav>
      {lines.length === 0 && <EmptyState title={`没有${view.words}的项`} />}
      {lines.map((line) => (
        <LineCard key={line.rule.id} given={given} line={line}>
          {given.may.review && (
            <DecideLine key={`${line.rule.id}:${line.decided}`} given={given} line={line} />
          )}
        </LineCard>
      ))}
    </>
  );
}

function nextWords({ head, unit, may }: AssessedUnit): string {
  if (head.state === 'published') return '结果已经公布，不再变化。';
  if (head.state === 'withdrawn') return '这次考核已经撤销，不计结果。';
  if (unit.state === 'reviewed') return '已经核定，等没有参加核定的另一个人公布结果。';
  if (unit.state === 'reported')
    return may.review
      ? '单位已报自评。请逐项核定没有定的和有异议的，都定了以后结束核定。'
      : '自评已报，等主管单位逐项核定。';
  const again = unit.returnReason === '' ? '' : `自评已退回：${unit.returnReason}。`;
  return may.report
    ? `${again}请填报自评：问到的每一项写明情况，平台的数字不对的写明为什么；可以附材料。期限 ${head.reportBy}。`
    : `${again}等单位报自评，期限 ${head.reportBy}。逾期不报的，可以直接核定。`;
}
