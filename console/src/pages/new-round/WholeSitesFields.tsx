import { InputNumber, Radio } from 'antd';
import { PAGES_PER_SITE, type WholeSitesDraft } from './whole-sites.ts';

interface WholeSitesFieldsProps {
  readonly value: WholeSitesDraft;
  readonly onValue: (value: WholeSitesDraft) => void;
}

/** Which sites are walked whole, and how far. */
export function WholeSitesFields({ value, onValue }: WholeSitesFieldsProps) {
  return (
    <div className="coverage-fields">
      <Radio.Group
        id="round-wholeSites"
        aria-label="全站普查"
        value={value.sites}
        onChange={(event) =>
          onValue({ ...value, sites: event.target.value as WholeSitesDraft['sites'] })
        }
      >
        <Radio value="none">不做</Radio>
        <Radio value="portals">门户网站</Radio>
        <Radio value="all">全部网站</Radio>
      </Radio.Group>
      {value.sites !== 'none' && (
        <InputNumber
          aria-label="每站最多访问多少个地址"
          value={value.pagesPerSite}
          min={PAGES_PER_SITE.least}
          max={PAGES_PER_SITE.most}
          precision={0}
          suffix="个地址"
          onChange={(pagesPerSite) => onValue({ ...value, pagesPerSite })}
        />
      )}
    </div>
  );
}
