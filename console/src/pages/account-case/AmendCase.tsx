import { Form, Modal } from 'antd';
import { useState } from 'react';
import { sendChange } from '../../api/client.ts';
import { FormProblem } from '../../forms/FormProblem.tsx';
import { useChange } from '../../hooks/use-change.ts';
import { useGet } from '../../hooks/use-get.ts';
import { Answer } from '../../ui/Answer.tsx';
import { ReasonedButton } from '../../ui/ReasonedButton.tsx';
import type { CaseDetail } from '../account-cases/case-words.tsx';
import { CaseFields } from './CaseFields.tsx';
import {
  type CaseValues,
  caseFormOf,
  type PresentValues,
  presentOf,
  valuesOf,
} from './case-draft.ts';

/** Changes what a draft or a returned case says. */
export function AmendCase({ given }: { readonly given: CaseDetail }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <ReasonedButton size="small" whyNot={null} onClick={() => setOpen(true)}>
        修改内容…
      </ReasonedButton>
      {isOpen &&
        (given.kind === 'change' ? (
          <AmendChange given={given} onClose={() => setOpen(false)} />
        ) : (
          <AmendDialog given={given} present={{}} onClose={() => setOpen(false)} />
        ))}
    </>
  );
}

interface AmendDialogProps {
  readonly given: CaseDetail;
  readonly present: PresentValues;
  readonly onClose: () => void;
}

/** A change is told from what the register says now. */
function AmendChange({ given, onClose }: Omit<AmendDialogProps, 'present'>) {
  const path = { id: given.accountId ?? 0 };
  const account = useGet('/api/v1/accounts/{id}/changeable', { path });
  return (
    <Answer of={account} rows={1}>
      {(data) => <AmendDialog given={given} present={presentOf(data)} onClose={onClose} />}
    </Answer>
  );
}

function AmendDialog({ given, present, onClose }: AmendDialogProps) {
  const [form] = Form.useForm<CaseValues>();
  const { id, kind } = given;
  const amend = useChange({
    change: (values: CaseValues) =>
      sendChange('put', '/api/v1/account-cases/{id}/form', {
        params: { path: { id } },
        body: { form: caseFormOf(kind, values, present) },
      }),
    doneWords: '已改好',
    refreshes: ['/api/v1/account-cases/{id}'],
    isErrorShownByCaller: true,
    onDone: onClose,
  });
  return (
    <Modal
      open
      title="修改内容"
      okText="保存"
      cancelText="取消"
      confirmLoading={amend.isPending}
      onCancel={onClose}
      onOk={() => form.submit()}
    >
      <Form<CaseValues>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ ...present, ...valuesOf(given.form) }}
        onFinish={(values) => amend.mutate(values)}
      >
        <CaseFields kind={kind} />
        <FormProblem error={amend.error} />
      </Form>
    </Modal>
  );
}
