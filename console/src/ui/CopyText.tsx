import { CheckOutlined, CopyOutlined } from '@ant-design/icons';
import { useEffect, useState } from 'react';

const SHOWN_MS = 1500;

interface CopyTextProps {
  readonly text: string;
  /** Shown instead of the text, e.g. its beginning. */
  readonly shown?: string;
}

/** A code that people pass on: a request number, a hash, a site code. */
export function CopyText({ text, shown }: CopyTextProps) {
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setCopied(false), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [isCopied]);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
  };
  return (
    <span className="copy-text">
      <code title={text}>{shown ?? text}</code>
      {/* Browsers give the clipboard only to https and to this computer. */}
      {window.isSecureContext && (
        <button type="button" onClick={() => void copy()} aria-label={`复制 ${shown ?? text}`}>
          {isCopied ? <CheckOutlined aria-hidden /> : <CopyOutlined aria-hidden />}
        </button>
      )}
      <span className="only-read" role="status">
        {isCopied ? '已复制' : ''}
      </span>
    </span>
  );
}
