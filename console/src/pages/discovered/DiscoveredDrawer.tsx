import { Drawer } from 'antd';
import { useGet } from '../../hooks/use-get.ts';
import { Answer } from '../../ui/Answer.tsx';
import { DateText } from '../../ui/DateText.tsx';
import { OutsideLink } from '../../ui/OutsideLink.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { Properties } from '../../ui/Properties.tsx';
import { DecideForm } from './DecideForm.tsx';
import {
  type DiscoveredDetail,
  DiscoveredStateTag,
  MATCH_WORDS,
  nameOf,
  PLATFORM_WORDS,
  placeWords,
  VIA_WORDS,
} from './discovered-words.tsx';
import './discovered.css';

/** One discovered account: why it is thought to be the site's, where it was seen, and what is decided. */
export function DiscoveredDrawer({
  id,
  onClose,
}: {
  readonly id: number;
  readonly onClose: () => void;
}) {
  const one = useGet('/api/v1/discovered-accounts/{id}', { path: { id } });
  return (
    <Drawer
      open
      onClose={onClose}
      title={one.data === undefined ? '线索' : nameOf(one.data)}
      size="min(640px, 100vw)"
    >
      <Answer of={one} rows={8}>
        {(found) => (
          <>
            <Facts found={found} />
            <DecideForm key={found.state} found={found} />
            <Panel title="为什么列出" className="discovered-panel">
              <ul>
                {found.reasons.map((reason) => (
                  <li key={reason}>{reason}</li>
                ))}
              </ul>
            </Panel>
            <Panel title="在哪里看到" className="discovered-panel">
              <ul className="discovered-sightings">
                {found.sightings.map((seen) => (
                  <li key={`${seen.pageUrl} ${seen.via}`}>
                    <Sighting id={found.id} seen={seen} />
                  </li>
                ))}
              </ul>
            </Panel>
          </>
        )}
      </Answer>
    </Drawer>
  );
}

const Facts = ({ found }: { readonly found: DiscoveredDetail }) => (
  <Properties
    of={[
      ['平台', PLATFORM_WORDS[found.platform]],
      [
        '账号标识',
        <code key="k" className="break-all">
          {found.accountKey}
        </code>,
      ],
      ['与名录比对', MATCH_WORDS[found.match]],
      ['名录里的账号', found.registered?.name ?? '—'],
      ['可信度', found.score],
      ['状态', <DiscoveredStateTag key="s" state={found.state} />],
      ['所在网站', found.site.name],
      ['单位', found.unit.name],
      ['首次看到', <DateText key="f" at={found.firstSeenAt} />],
      ['最近看到', <DateText key="l" at={found.lastSeenAt} />],
    ]}
  />
);

function Sighting({
  id,
  seen,
}: {
  readonly id: number;
  readonly seen: DiscoveredDetail['sightings'][number];
}) {
  const { via, place, pageUrl, words, address, picture, pictureSnapshot } = seen;
  return (
    <>
      <p>
        {VIA_WORDS[via]}，在{placeWords(place)}：<OutsideLink url={pageUrl} />
      </p>
      {words !== '' && <p className="quiet">旁边的文字：{words}</p>}
      {address !== null && (
        <p className="break-all">
          {via === 'qr' ? '二维码内容' : '链接地址'}：<code>{address}</code>
        </p>
      )}
      {pictureSnapshot !== null ? (
        <img
          className="discovered-picture"
          src={`/api/v1/discovered-accounts/${id}/pictures/${pictureSnapshot}`}
          alt="显示这个账号的二维码图片（存档）"
          loading="lazy"
        />
      ) : (
        picture !== null && <p className="quiet break-all">图片：{picture}</p>
      )}
    </>
  );
}
