import type { CertificateView } from '../../domain/facts/guideline-facts.ts';
import { defineIndicator } from '../../domain/indicator.ts';
import { shanghaiDate } from '../../lib/pure/dates.ts';
import { evidenceOf, notApplicable, undetermined } from '../shared/evidence.ts';
import { noticed, observedOr } from '../shared/notice.ts';

const DAY_MS = 86_400_000;

export const certificate = defineIndicator({
  id: 'site.notice.certificate',
  clause: '国办发〔2017〕47号 政府网站发展指引 安全防护（证书的要求待核）',
  title: {
    met: 'HTTPS 证书有效',
    breached: 'HTTPS 证书过期、将要过期、与域名不符或不受信任',
  },
  kind: 'notice',
  appliesTo: 'site',
  needs: ['site.transport'],
  parameters: {
    expiryDays: { unit: '天', default: 15, why: '证书剩余天数少于此数时提醒（自拟）' },
  },
  judge(facts, { expiryDays }) {
    const seen = observedOr(facts, 'site.transport', '传输的情况');
    if ('instead' in seen) return seen.instead;
    const { certificate: shown, https, host } = seen.fact.value;
    if (shown === null)
      return https.state === 'unobserved'
        ? undetermined(`HTTPS 没能看到：${https.reason ?? '原因不明'}`, ['site.transport'])
        : notApplicable('没有 HTTPS，没有证书可看');
    const words = faultsOf(shown, seen.fact.gatheredAt, expiryDays);
    return noticed(words.map((each) => evidenceOf(seen.fact, `https://${host}/`, each)));
  },
});

function faultsOf(shown: CertificateView, at: string, expiryDays: number): string[] {
  const left = Math.floor((Date.parse(shown.validTo) - Date.parse(at)) / DAY_MS);
  const until = shanghaiDate(shown.validTo);
  const faults: string[] = [];
  if (left < 0) faults.push(`证书已于 ${until} 过期`);
  else if (left < expiryDays) faults.push(`证书将于 ${until} 过期，还剩 ${left} 天`);
  if (Date.parse(shown.validFrom) > Date.parse(at))
    faults.push(`证书要到 ${shanghaiDate(shown.validFrom)} 才生效`);
  if (!shown.hostMatches)
    faults.push(`证书不是给这个域名的：${shown.names.slice(0, 5).join('、')}`);
  if (shown.selfSigned) faults.push('证书是自签名的，浏览器会警告');
  return faults;
}
