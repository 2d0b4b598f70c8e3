import { useParams } from '@tanstack/react-router';
import { useGet } from '../../hooks/use-get.ts';
import { NeedsAbility } from '../../layout/NeedsAbility.tsx';
import { Answer } from '../../ui/Answer.tsx';
import { DateText } from '../../ui/DateText.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { Properties } from '../../ui/Properties.tsx';
import { ScrollBox } from '../../ui/ScrollBox.tsx';
import { TRAINING_KIND_WORDS, type Training } from '../trainings/training-words.ts';
import { ChangeTraining } from './ChangeTraining.tsx';
import { TrainingFiles } from './TrainingFiles.tsx';

/** One session: who took part, its evidence, and what one may do about it. */
export function TrainingPage() {
  const { id } = useParams({ from: '/inside/duty/trainings/$id' });
  const training = useGet('/api/v1/duty/trainings/{id}', { path: { id: Number(id) } });
  return (
    <NeedsAbility ability="duty.read">
      <Answer of={training} pageTitle="培训">
        {(data) => <OneTraining training={data} />}
      </Answer>
    </NeedsAbility>
  );
}

function OneTraining({ training }: { readonly training: Training }) {
  const { subject, withdrawnOn, withdrawReason, mayEdit, version } = training;
  return (
    <>
      <PageHeader
        title={subject}
        back={{ to: '/duty/trainings', words: '培训记录' }}
        note={withdrawnOn !== null && `${withdrawnOn} 撤销登记：${withdrawReason}`}
      />
      <Panel title="情况">
        <Properties
          of={[
            ['日期', training.heldOn],
            ['主办单位', training.organiserName],
            ['授课人', training.teacher || '—'],
            ['形式', TRAINING_KIND_WORDS[training.kind]],
            ['学时', String(training.hours)],
            ['登记', training.recordedBy],
            ['登记时间', <DateText key="recorded" at={training.recordedAt} />],
          ]}
        />
      </Panel>
      <PartList training={training} />
      <TrainingFiles training={training} />
      {mayEdit && withdrawnOn === null && <ChangeTraining key={version} training={training} />}
    </>
  );
}

const PASSED_WORDS = new Map([
  [true, '合格'],
  [false, '不合格'],
]);

function PartList({ training: { parts, people } }: { readonly training: Training }) {
  return (
    <Panel title={`参加的单位和人（${people} 人次）`}>
      {parts.length === 0 ? (
        <p className="quiet">还没有登记参加的单位。</p>
      ) : (
        <ScrollBox name="参加的单位和人">
          <table className="plain-table">
            <thead>
              <tr>
                <th scope="col">单位</th>
                <th scope="col">姓名</th>
                <th scope="col">成绩</th>
              </tr>
            </thead>
            <tbody>
              {parts.map(({ unitId, unitName, person, people: count, score, passed }) => (
                <tr key={`${unitId} ${person}`}>
                  <th scope="row">{unitName}</th>
                  <td>{person === '' ? `${count} 人` : person}</td>
                  <td>
                    {[score, passed === null ? '' : PASSED_WORDS.get(passed)].join(' ').trim() ||
                      '—'}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollBox>
      )}
    </Panel>
  );
}
