import { Pagination } from 'antd';

interface PagesProps {
  readonly page: number;
  readonly pageSize: number;
  readonly total: number;
  readonly onChange: (page: number) => void;
}

/** Turns the pages of a short list; nothing where one page holds it all. */
export function Pages({ page, pageSize, total, onChange }: PagesProps) {
  if (total <= pageSize) return null;
  return <Pagination simple current={page} pageSize={pageSize} total={total} onChange={onChange} />;
}
