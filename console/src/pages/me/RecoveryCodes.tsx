import { Alert, Button } from 'antd';
import { CopyText } from '../../ui/CopyText.tsx';

interface RecoveryCodesProps {
  readonly codes: readonly string[];
  readonly onKept: () => void;
}

/** Shown once: each code lets one in without the phone, once. */
export function RecoveryCodes({ codes, onKept }: RecoveryCodesProps) {
  return (
    <>
      <Alert
        type="warning"
        showIcon
        className="form-problem"
        title="请现在抄下恢复码"
        description="手机丢失时，每个恢复码可代替动态码登录一次。离开本页后不再显示。"
      />
      <ul className="recovery-codes">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <p className="spaced">
        全部复制 <CopyText text={codes.join('\n')} shown={`${codes.length} 个恢复码`} />
      </p>
      <Button type="primary" onClick={onKept}>
        我已抄好
      </Button>
    </>
  );
}
