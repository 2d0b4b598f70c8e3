import { DownloadOutlined } from '@ant-design/icons';
import { Popover } from 'antd';
import { useState } from 'react';
import { useWhyNot } from '../hooks/use-session.ts';
import { ExportThroughMap } from './ExportThroughMap.tsx';
import { ReasonedButton } from './ReasonedButton.tsx';

const FORMATS = [
  { format: 'xlsx', words: 'Excel 表格（.xlsx）' },
  { format: 'csv', words: 'CSV 文本（.csv）' },
  { format: 'json', words: 'JSON 数据（.json）' },
] as const;

/** Downloads the register as the signed-in person sees it; accounts also as an office's own table has them. */
export function ExportMenu({ kind }: { readonly kind: 'units' | 'sites' | 'accounts' }) {
  const [isOpen, setOpen] = useState(false);
  const whyNot = useWhyNot()('registry.export');
  const button = (
    <ReasonedButton icon={<DownloadOutlined aria-hidden />} whyNot={whyNot}>
      导出
    </ReasonedButton>
  );
  if (whyNot !== null) return button;
  const content = (
    <>
      <ul className="export-menu">
        {FORMATS.map(({ format, words }) => (
          <li key={format}>
            <a
              href={`/api/v1/registry/export?kind=${kind}&format=${format}`}
              download
              onClick={() => setOpen(false)}
            >
              {words}
            </a>
          </li>
        ))}
      </ul>
      {kind === 'accounts' && <ExportThroughMap onDone={() => setOpen(false)} />}
    </>
  );
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      open={isOpen}
      onOpenChange={setOpen}
      content={content}
    >
      <ReasonedButton icon={<DownloadOutlined aria-hidden />} whyNot={null} aria-expanded={isOpen}>
        导出
      </ReasonedButton>
    </Popover>
  );
}
