import { Modal } from 'antd';
import { sendChange } from '../../api/client.ts';
import type { AccountDetail, AnswerOf } from '../../api/types.ts';
import { FormProblem } from '../../forms/FormProblem.tsx';
import { useChange } from '../../hooks/use-change.ts';
import { CopyText } from '../../ui/CopyText.tsx';
import { DateText } from '../../ui/DateText.tsx';
import { ReasonedButton } from '../../ui/ReasonedButton.tsx';

type Invitation = AnswerOf<'/api/v1/accounts/{id}/wechat-invitation', 'post'>;

interface InviteAccountProps {
  readonly account: Pick<AccountDetail, 'id' | 'name'>;
  readonly onClose: () => void;
}

/** Makes the link that an account's administrator opens on a computer, and shows it once; the code to scan is on WeChat's own page. */
export function InviteAccount({ account, onClose }: InviteAccountProps) {
  const invite = useChange<void, Invitation>({
    change: () =>
      sendChange('post', '/api/v1/accounts/{id}/wechat-invitation', {
        params: { path: { id: account.id } },
      }),
    refreshes: ['/api/v1/accounts/{id}/wechat-authorisation'],
    isErrorShownByCaller: true,
  });
  return (
    <Modal
      open
      title={`请“${account.name}”的管理员授权`}
      onCancel={onClose}
      footer={null}
      destroyOnHidden
    >
      {invite.data ? (
        <Link invitation={invite.data} />
      ) : (
        <>
          <p>
            生成一个 7
            天有效的链接，发给公众号的管理员；以前生成的链接随即作废。拿到链接的人能看到账号名称，
            但只有这个公众号的管理员扫码才能授权。
          </p>
          <FormProblem error={invite.error} />
          <ReasonedButton
            type="primary"
            whyNot={null}
            loading={invite.isPending}
            onClick={() => invite.mutate()}
          >
            生成授权链接
          </ReasonedButton>
        </>
      )}
    </Modal>
  );
}

function Link({ invitation: { url, expiresAt } }: { readonly invitation: Invitation }) {
  return (
    <>
      <p className="invitation-link">
        <CopyText text={url} />
      </p>
      <ol>
        <li>请现在复制，发给公众号的管理员：链接只显示这一次。</li>
        <li>
          管理员在 <DateText at={expiresAt} /> 前<strong>用电脑</strong>打开它，点“去微信扫码授权”。
        </li>
        <li>微信的页面上有二维码：用管理员的手机微信扫它，确认授权。</li>
      </ol>
      <p className="quiet">授权后几分钟内，账号页会显示“已授权”。</p>
    </>
  );
}
