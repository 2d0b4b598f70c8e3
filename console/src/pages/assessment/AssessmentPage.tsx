import { DownloadOutlined } from '@ant-design/icons';
import { useParams } from '@tanstack/react-router';
import { useGet } from '../../hooks/use-get.ts';
import { useListQuery } from '../../hooks/use-list-query.ts';
import { NeedsAbility } from '../../layout/NeedsAbility.tsx';
import { optionsOf, SearchFilter, SelectFilter } from '../../table/filters.tsx';
import { ListFilters } from '../../table/ListFilters.tsx';
import { Answer } from '../../ui/Answer.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { Panel } from '../../ui/Panel.tsx';
import {
  type AssessmentDetail,
  AssessmentStateTag,
  UNIT_STATE_WORDS,
} from '../assessments/assessment-words.tsx';
import { EndAssessment } from './EndAssessment.tsx';
import { RuleTable } from './RuleTable.tsx';
import { ScoreChart } from './ScoreChart.tsx';
import { UnitTable } from './UnitTable.tsx';
import '../assessments/assessments.css';

/** One year's assessment: how far it is, who has to do what, the scores as a picture and as a table, and its end. */
export function AssessmentPage() {
  const { id } = useParams({ from: '/inside/assessments/$id' });
  const given = useGet('/api/v1/assessments/{id}', { path: { id: Number(id) } });
  return (
    <NeedsAbility ability="assessment.read">
      <Answer of={given} pageTitle="年度考核">
        {(data) => <OneAssessment given={data} />}
      </Answer>
    </NeedsAbility>
  );
}

const FILTERS = ['q', 'state'] as const;

function OneAssessment({ given }: { readonly given: AssessmentDetail }) {
  const { head, scheme, units } = given;
  const list = useListQuery(FILTERS);
  const { q = '', state } = list.filters;
  const shown = units.filter(
    (unit) => unit.unitName.includes(q.trim()) && (state === undefined || unit.state === state),
  );
  return (
    <>
      <PageHeader
        title={`${head.year} 年${head.name}`}
        aside={<AssessmentStateTag state={head.state} />}
        back={{ to: '/assessments', words: '年度考核' }}
        note={`平台的数字数到 ${head.measuredOn}；自评期限 ${head.reportBy}；共 ${head.units} 个单位，已报 ${head.reported} 个，已核定 ${head.reviewed} 个。`}
        actions={
          <a href={`/api/v1/assessments/${head.id}/export`} download>
            <DownloadOutlined aria-hidden /> 导出（.xlsx）
          </a>
        }
      />
      <p className="case-next">{nextWords(given)}</p>
      <EndAssessment given={given} />
      <ScoreChart units={units} passAt={scheme.passAt} />
      <Panel title="各单位">
        <ListFilters list={list} search={<SearchFilter list={list} name="q" label="单位名称" />}>
          <SelectFilter
            list={list}
            name="state"
            label="状态"
            options={optionsOf(UNIT_STATE_WORDS)}
          />
        </ListFilters>
        <UnitTable id={head.id} state={head.state} units={shown} onClear={list.clear} />
      </Panel>
      <Panel title="考核办法">
        <RuleTable scheme={scheme} />
      </Panel>
    </>
  );
}

/** What waits for whom. */
function nextWords({ head, units, may }: AssessmentDetail): string {
  if (head.state === 'published') return '结果已经公布，不再变化。名次相同的并列。';
  if (head.state === 'withdrawn') return '这次考核已经撤销，不计结果。';
  const reporting = units.filter(({ state }) => state === 'reporting').length;
  const reported = units.filter(({ state }) => state === 'reported').length;
  if (reporting > 0 || reported > 0) {
    const waits = [
      ...(reporting > 0 ? [`${reporting} 个单位还没有报自评（期限 ${head.reportBy}）`] : []),
      ...(reported > 0 ? [`${reported} 个单位等主管单位核定`] : []),
    ];
    return `${waits.join('，')}。逾期不报的，主管单位可以直接核定。`;
  }
  return may.publish === null
    ? '各单位都已核定，可以公布了。'
    : '各单位都已核定，等没有参加核定的另一个人公布。';
}
