import { Alert } from 'antd';
import { CopyText } from '../../ui/CopyText.tsx';

/** A link that lets its owner set a password once; it is shown only now. */
export function OneTimeLink({ link }: { readonly link: string }) {
  return (
    <Alert
      type="warning"
      title="请把这个一次性链接当面或用可靠的方式交给本人；关闭后不再显示。"
      description={<CopyText text={link} />}
    />
  );
}
