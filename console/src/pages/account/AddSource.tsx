import { Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { sendChange } from '../../api/client.ts';
import type { BodyOf } from '../../api/types.ts';
import { FormProblem } from '../../forms/FormProblem.tsx';
import { useChange } from '../../hooks/use-change.ts';
import { ReasonedButton } from '../../ui/ReasonedButton.tsx';
import { SOURCE_KIND_WORDS } from '../../util/words.ts';
import { SHOWN_BY_SOURCES } from './shown-by-sources.ts';

type NewSource = BodyOf<'/api/v1/accounts/{id}/sources', 'post'>;
type Kind = NewSource['kind'];

const KINDS: readonly Kind[] = ['rss', 'atom', 'jsonfeed', 'wechat', 'weibo', 'douyin', 'article'];
const IDENTITY_WORDS: Readonly<Partial<Record<Kind, string>>> = {
  wechat: 'AppID',
  weibo: 'uid',
  douyin: 'open_id',
};

interface AddSourceProps {
  readonly accountId: number;
  readonly onClose: () => void;
}

/** Names a further place where the account can be read. What is typed as a secret is sent once and never shown again. */
export function AddSource({ accountId, onClose }: AddSourceProps) {
  const [source, setSource] = useState<NewSource>({
    ...{ kind: 'rss', address: '', identity: '', secret: null },
  });
  const change = (part: Partial<NewSource>): void => setSource({ ...source, ...part });
  const add = useChange({
    change: () =>
      sendChange('post', '/api/v1/accounts/{id}/sources', {
        params: { path: { id: accountId } },
        body: source,
      }),
    doneWords: '已添加',
    refreshes: SHOWN_BY_SOURCES,
    isErrorShownByCaller: true,
    onDone: onClose,
  });
  const identity = IDENTITY_WORDS[source.kind];
  return (
    <Modal open title="添加信源" onCancel={onClose} footer={null} destroyOnHidden>
      <Form layout="vertical" component="div">
        <Form.Item label="种类" htmlFor="source-kind">
          <select
            id="source-kind"
            value={source.kind}
            onChange={({ target }) => change({ kind: target.value as Kind })}
          >
            {KINDS.map((kind) => (
              <option key={kind} value={kind}>
                {SOURCE_KIND_WORDS[kind]}
              </option>
            ))}
          </select>
        </Form.Item>
        <Form.Item
          label={identity === undefined ? '地址' : '接口地址（不写就是平台自己的）'}
          htmlFor="source-address"
        >
          <Input
            id="source-address"
            value={source.address}
            onChange={({ target }) => change({ address: target.value })}
          />
        </Form.Item>
        {identity !== undefined && (
          <>
            <Form.Item label={identity} htmlFor="source-identity">
              <Input
                id="source-identity"
                value={source.identity}
                onChange={({ target }) => change({ identity: target.value })}
              />
            </Form.Item>
            <Form.Item label="密钥（AppSecret 或令牌）" htmlFor="source-secret">
              <Input.Password
                id="source-secret"
                autoComplete="off"
                value={source.secret ?? ''}
                onChange={({ target }) => change({ secret: target.value || null })}
              />
            </Form.Item>
          </>
        )}
        <FormProblem error={add.error} />
        <ReasonedButton
          type="primary"
          whyNot={whyNotAdd(source, identity)}
          loading={add.isPending}
          onClick={() => add.mutate()}
        >
          添加
        </ReasonedButton>
      </Form>
    </Modal>
  );
}

function whyNotAdd({ address, identity }: NewSource, asked: string | undefined): string | null {
  if (asked === undefined) return address.trim() === '' ? '请写地址' : null;
  return identity.trim() === '' ? `请写 ${asked}` : null;
}
