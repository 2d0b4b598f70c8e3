import { DownloadOutlined } from '@ant-design/icons';
import { Link, useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { useGet } from '../../hooks/use-get.ts';
import { useCan } from '../../hooks/use-session.ts';
import { NeedsAbility } from '../../layout/NeedsAbility.tsx';
import { Answer } from '../../ui/Answer.tsx';
import { DateText } from '../../ui/DateText.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { Properties } from '../../ui/Properties.tsx';
import {
  MEASURE_KIND_WORDS,
  type MeasureDetail,
  MeasureTags,
  measureTitle,
} from '../measures/measure-words.tsx';
import { MeasureSteps } from './MeasureSteps.tsx';

/** One measure: why, what is demanded, who decided; its letter, and what one may do about it. */
export function MeasurePage() {
  const { id } = useParams({ from: '/inside/duty/measures/$id' });
  const measure = useGet('/api/v1/duty/measures/{id}', { path: { id: Number(id) } });
  return (
    <NeedsAbility ability="duty.read">
      <Answer of={measure} pageTitle="问责措施">
        {(data) => <Measure measure={data} />}
      </Answer>
    </NeedsAbility>
  );
}

function Measure({ measure }: { readonly measure: MeasureDetail }) {
  const { id, number, reason, demand, cases } = measure;
  return (
    <>
      <PageHeader
        title={measureTitle(measure)}
        aside={<MeasureTags measure={measure} />}
        back={{ to: '/duty/measures', words: '问责措施' }}
        actions={
          number !== null && (
            <Button
              href={`/api/v1/duty/measures/${id}/letter.docx`}
              download
              icon={<DownloadOutlined aria-hidden />}
            >
              下载文书（.docx）
            </Button>
          )
        }
      />
      <Panel title="事由和要求">
        <p className="keep-lines break-all">{reason}</p>
        {demand !== '' && <p className="keep-lines break-all">要求：{demand}</p>}
      </Panel>
      {cases.length > 0 && <Cases cases={cases} />}
      <MeasureSteps measure={measure} />
      <Panel title="情况">
        <Properties of={propertiesOf(measure)} />
      </Panel>
    </>
  );
}

function Cases({ cases }: Pick<MeasureDetail, 'cases'>) {
  const mayRead = useCan()('rectification.read');
  return (
    <Panel title="有关整改事项">
      <ul>
        {cases.map(({ id, words }) => (
          <li key={id}>
            {mayRead ? (
              <Link to="/rectification/$id" params={{ id: String(id) }}>
                {words}
              </Link>
            ) : (
              words
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

const propertiesOf = (measure: MeasureDetail) =>
  [
    ['单位', measure.unitName],
    ['种类', MEASURE_KIND_WORDS[measure.kind]],
    ['问责人次', measure.people === 0 ? '对单位' : `${measure.people} 人次`],
    ['落实期限', measure.dueOn ?? '没有定'],
    ['提出', `${measure.proposedBy}`],
    ['提出时间', <DateText key="proposed" at={measure.proposedAt} />],
    ['决定', measure.decidedBy ?? '—'],
    ['决定日期', measure.decidedOn ?? '—'],
    ...(measure.decisionNote === '' ? [] : [['决定时的说明', measure.decisionNote] as const]),
    ...(measure.outcome === ''
      ? []
      : [['落实的情况', `${measure.outcome}（${measure.doneOn}）`] as const]),
  ] as const;
