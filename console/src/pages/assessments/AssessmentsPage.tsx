import { Link } from '@tanstack/react-router';
import { useGet } from '../../hooks/use-get.ts';
import { useCan } from '../../hooks/use-session.ts';
import { NeedsAbility } from '../../layout/NeedsAbility.tsx';
import { Answer } from '../../ui/Answer.tsx';
import { DateText } from '../../ui/DateText.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { ScrollBox } from '../../ui/ScrollBox.tsx';
import { TableHead } from '../../ui/TableHead.tsx';
import { type AssessmentItem, AssessmentStateTag } from './assessment-words.tsx';
import { NewAssessment } from './NewAssessment.tsx';
import './assessments.css';

const TITLES = ['考核', '状态', '自评期限', '自评', '核定', '公布'];

/** The yearly assessments of supervision work, the newest first. */
export function AssessmentsPage() {
  return (
    <NeedsAbility ability="assessment.read">
      <Assessments />
    </NeedsAbility>
  );
}

function Assessments() {
  const mayOpen = useCan()('assessment.review');
  const answer = useGet('/api/v1/assessments', {});
  return (
    <>
      <PageHeader
        title="年度考核"
        note="每年一次：平台数出知道的，各单位自评，主管单位逐项核定，再由另一个人公布名次。"
      />
      {mayOpen && <NewAssessment />}
      <Answer of={answer}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title="还没有年度考核">
              {mayOpen
                ? '点“开始一年的考核”，选年份、单位和自评的期限。'
                : '主管单位开始一年的考核以后，本单位在这里填报自评。'}
            </EmptyState>
          ) : (
            <ScrollBox name="年度考核">
              <table className="plain-table stacks">
                <TableHead titles={TITLES} />
                <tbody>
                  {items.map((each) => (
                    <Row key={each.id} of={each} />
                  ))}
                </tbody>
              </table>
            </ScrollBox>
          )
        }
      </Answer>
    </>
  );
}

function Row({ of: { id, year, name, state, reportBy, publishedAt, ...counts } }: RowProps) {
  const { units, reported, reviewed } = counts;
  return (
    <tr>
      <th scope="row">
        <Link to="/assessments/$id" params={{ id: String(id) }}>
          {year} 年{name}
        </Link>
      </th>
      <td data-label="状态">
        <AssessmentStateTag state={state} />
      </td>
      <td data-label="自评期限">
        <time dateTime={reportBy}>{reportBy}</time>
      </td>
      <td data-label="自评">
        {reported}/{units} 个单位
      </td>
      <td data-label="核定">
        {reviewed}/{units} 个单位
      </td>
      <td data-label="公布">
        {state === 'published' ? <DateText at={publishedAt} as="date" /> : '—'}
      </td>
    </tr>
  );
}

interface RowProps {
  readonly of: AssessmentItem;
}
