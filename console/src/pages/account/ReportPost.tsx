import { Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { sendChange } from '../../api/client.ts';
import { FormProblem } from '../../forms/FormProblem.tsx';
import { useChange } from '../../hooks/use-change.ts';
import { ReasonedButton } from '../../ui/ReasonedButton.tsx';
import { SHOWN_BY_SOURCES } from './shown-by-sources.ts';

interface ReportPostProps {
  readonly accountId: number;
  readonly onClose: () => void;
}

/** What the unit itself published last: it speaks for the account, and its absence never against it. */
export function ReportPost({ accountId, onClose }: ReportPostProps) {
  const [report, setReport] = useState({ title: '', url: '', publishedOn: '' });
  const edit = (part: Partial<typeof report>): void => setReport({ ...report, ...part });
  const send = useChange({
    change: () =>
      sendChange('post', '/api/v1/accounts/{id}/reported-posts', {
        params: { path: { id: accountId } },
        body: report,
      }),
    doneWords: '已报送',
    refreshes: SHOWN_BY_SOURCES,
    isErrorShownByCaller: true,
    onDone: onClose,
  });
  const isWhole = report.title.trim() !== '' && report.publishedOn !== '';
  return (
    <Modal open title="报送最近发布的一条" onCancel={onClose} footer={null} destroyOnHidden>
      <Form layout="vertical" component="div">
        <Form.Item label="标题" htmlFor="report-title">
          <Input
            id="report-title"
            maxLength={200}
            value={report.title}
            onChange={({ target }) => edit({ title: target.value })}
          />
        </Form.Item>
        <Form.Item label="发布日期" htmlFor="report-on">
          <input
            id="report-on"
            type="date"
            value={report.publishedOn}
            onChange={({ target }) => edit({ publishedOn: target.value })}
          />
        </Form.Item>
        <Form.Item label="链接（没有就不写）" htmlFor="report-url">
          <Input
            id="report-url"
            value={report.url}
            onChange={({ target }) => edit({ url: target.value })}
          />
        </Form.Item>
        <FormProblem error={send.error} />
        <ReasonedButton
          type="primary"
          whyNot={isWhole ? null : '请写标题和发布日期'}
          loading={send.isPending}
          onClick={() => send.mutate()}
        >
          报送
        </ReasonedButton>
      </Form>
    </Modal>
  );
}
