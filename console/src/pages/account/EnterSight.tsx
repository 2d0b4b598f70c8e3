import { Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { sendChange } from '../../api/client.ts';
import type { SightItem } from '../../api/types.ts';
import { FormProblem } from '../../forms/FormProblem.tsx';
import { useChange } from '../../hooks/use-change.ts';
import { useWhyNot } from '../../hooks/use-session.ts';
import { ReasonedButton } from '../../ui/ReasonedButton.tsx';
import { localMinute } from '../../util/dates.ts';
import { PictureField } from './PictureField.tsx';
import { ContentFields, InteractionFields, ProfileFields, TimeField } from './SightFields.tsx';
import { emptySight, type SightForm, sightBody, whyNotSend } from './sight-form.ts';

interface EnterSightProps {
  readonly account: { readonly id: number; readonly name: string; readonly platform: string };
  /** A test question that waits for its answer: its time is filled in. */
  readonly open: SightItem | undefined;
}

/** An inspector says what he saw of the account. */
export function EnterSight(props: EnterSightProps) {
  const whyNot = useWhyNot()('observation.enter');
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <ReasonedButton size="small" whyNot={whyNot} onClick={() => setOpen(true)}>
        登记观察…
      </ReasonedButton>
      {isOpen && <SightDialog {...props} onClose={() => setOpen(false)} />}
    </>
  );
}

const NOTE_MAX = 500;
const isApp = (platform: string): boolean => /客户端|小程序|APP/i.test(platform);

function SightDialog({
  account,
  open,
  onClose,
}: EnterSightProps & { readonly onClose: () => void }) {
  const [form, setForm] = useState<SightForm>(() => ({
    ...emptySight(localMinute(new Date().toISOString())),
    ...(open?.testedAt && { testedAt: localMinute(open.testedAt) }),
  }));
  const change = (more: Partial<SightForm>): void => setForm((former) => ({ ...former, ...more }));
  const enter = useChange({
    change: () =>
      sendChange('post', '/api/v1/accounts/{id}/observations', {
        params: { path: { id: account.id } },
        body: sightBody(form),
      }),
    doneWords: '已登记，下一次采集起作为依据',
    refreshes: ['/api/v1/accounts/{id}/observations'],
    isErrorShownByCaller: true,
    onDone: onClose,
  });
  return (
    <Modal
      open
      title={`登记观察：${account.name}`}
      onCancel={onClose}
      footer={null}
      destroyOnHidden
      width={720}
    >
      <p className="quiet">只写亲眼看到的情况，不写结论；没有看的选“没看”。时间都是北京时间。</p>
      <Form layout="vertical" component="div">
        <TimeField
          label="观察时间"
          value={form.observedAt}
          onChange={(observedAt) => change({ observedAt })}
        />
        <ContentFields {...{ form, change }} />
        <InteractionFields {...{ form, change }} />
        <ProfileFields {...{ form, change, isApp: isApp(account.platform) }} />
        <Form.Item label="备注" htmlFor="sight-note">
          <Input.TextArea
            id="sight-note"
            rows={2}
            maxLength={NOTE_MAX}
            value={form.note}
            onChange={({ target }) => change({ note: target.value })}
          />
        </Form.Item>
        <PictureField
          accountId={account.id}
          picture={form.picture}
          onChange={(picture) => change({ picture })}
        />
        <FormProblem error={enter.error} />
        <ReasonedButton
          type="primary"
          whyNot={whyNotSend(form)}
          loading={enter.isPending}
          onClick={() => enter.mutate()}
        >
          登记
        </ReasonedButton>
      </Form>
    </Modal>
  );
}
