import { ExportOutlined } from '@ant-design/icons';

/** A link out of the console, in a new window that learns nothing of us. Addresses of the register are not to be trusted. */
export function OutsideLink({ url }: { readonly url: string }) {
  if (!/^https?:\/\//i.test(url)) return <span>{url}</span>;
  return (
    <a href={url} target="_blank" rel="noopener noreferrer" className="outside-link">
      {url.replace(/^https?:\/\//i, '').replace(/\/$/, '')} <ExportOutlined aria-hidden />
      <span className="only-read">（在新窗口打开）</span>
    </a>
  );
}
