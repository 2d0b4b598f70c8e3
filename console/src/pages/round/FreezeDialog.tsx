import { Alert, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { sendChange } from '../../api/client.ts';
import type { RoundDetail } from '../../api/types.ts';
import { FormProblem } from '../../forms/FormProblem.tsx';
import { useChange } from '../../hooks/use-change.ts';
import { ReasonedButton } from '../../ui/ReasonedButton.tsx';
import { freezeBody, whyNotFreezeWith } from './round-actions.ts';

interface FreezeDialogProps {
  readonly round: RoundDetail;
  readonly onClose: () => void;
}

/** Freezing cannot be undone: what is still open is either settled first, or waived with a reason and its consequence. */
export function FreezeDialog({ round, onClose }: FreezeDialogProps) {
  const { blockers, period, label } = round;
  const [review, setReview] = useState('');
  const [undetermined, setUndetermined] = useState('');
  const [contests, setContests] = useState('');
  const waivers = { review, undetermined, contests };
  const freeze = useChange({
    change: () =>
      sendChange('post', '/api/v1/rounds/{period}/freeze', {
        params: { path: { period } },
        body: freezeBody(blockers, waivers),
      }),
    doneWords: `${label}已冻结`,
    refreshes: [
      '/api/v1/rounds/{period}',
      '/api/v1/rounds',
      '/api/v1/bulletins',
      '/api/v1/overview',
      '/api/v1/contest-letters',
    ],
    isErrorShownByCaller: true,
    onDone: onClose,
  });
  return (
    <Modal open title={`冻结“${label}”`} onCancel={onClose} footer={null} width={560}>
      <p>冻结之后，事实、判断和审核都不再变化，也不能撤销；通报只从冻结的批次生成。</p>
      <Form layout="vertical" component="div" className="freeze-form">
        {blockers.contested > 0 && (
          <Alert
            type="error"
            showIcon
            title={`有 ${blockers.contested} 条申辩没有答复`}
            description="申辩必须答复，不能免除。"
          />
        )}
        {blockers.contestRuns !== null && (
          <Waiver
            id="end-contests"
            title={`${blockers.contestRuns.letters} 份申辩告知书没有到期，最晚 ${blockers.contestRuns.until}`}
            consequence="提前结束，单位就不能再申辩；理由会随告知书保存，单位看得到。"
            value={contests}
            onValue={setContests}
          />
        )}
        {blockers.open > 0 && (
          <Waiver
            id="waive-review"
            title={`有 ${blockers.open} 条问题没有经两人审核`}
            consequence="免予审核就是照机器的判断全部接受：通报只能是草案，带“草案”字样，永远不能签发。只用于样例和演练。"
            value={review}
            onValue={setReview}
          />
        )}
        {blockers.undetermined > 0 && (
          <Waiver
            id="waive-undetermined"
            title={`有 ${blockers.undetermined} 条无法判定`}
            consequence="不计入就是这些对象按没有这一问题处理，通报里不会出现；理由会随批次保存，审计可见。"
            value={undetermined}
            onValue={setUndetermined}
          />
        )}
        <FormProblem error={freeze.error} />
        <div className="button-row">
          <ReasonedButton
            type="primary"
            danger
            whyNot={whyNotFreezeWith(blockers, waivers)}
            loading={freeze.isPending}
            onClick={() => freeze.mutate()}
          >
            冻结，不再变化
          </ReasonedButton>
          <ReasonedButton whyNot={null} onClick={onClose}>
            先不冻结
          </ReasonedButton>
        </div>
      </Form>
    </Modal>
  );
}

interface WaiverProps {
  readonly id: string;
  readonly title: string;
  readonly consequence: string;
  readonly value: string;
  readonly onValue: (value: string) => void;
}

function Waiver({ id, title, consequence, value, onValue }: WaiverProps) {
  return (
    <div className="waiver">
      <Alert type="warning" showIcon title={title} description={consequence} />
      <Form.Item label="仍要冻结的理由（留空就是先去处理）" htmlFor={id}>
        <Input.TextArea
          id={id}
          value={value}
          maxLength={500}
          rows={2}
          onChange={(event) => onValue(event.target.value)}
        />
      </Form.Item>
    </div>
  );
}
