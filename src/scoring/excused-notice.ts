import type { FactSet } from '../domain/fact.ts';
import type { Judgement } from '../domain/finding.ts';
import type { Indicator } from '../domain/indicator.ts';
import { maintenanceOn } from '../domain/maintenance.ts';
import { shanghaiDate } from '../lib/pure/dates.ts';

/** Facts of a look over the wire, which a line that many sites share can spoil. */
const OVER_THE_WIRE: ReadonlySet<string> = new Set(['site.transport', 'site.ipv6']);

/**
 * What is said of a guideline check whose breach was seen while the site was announced to be under maintenance, or, when it was
 * seen over the wire, on the day on which the neighbours on its address failed with it: nothing to notice. The exemption of the visits
 * (指标说明 站点无法访问) holds for hints all the more. Whoever looks later, sees the site as it is.
 */
export function excusedNotice(
  { needs }: Indicator,
  facts: FactSet,
  judgement: Judgement,
): Judgement {
  if (judgement.status !== 'breached') return judgement;
  const days = judgement.evidence.map(({ capturedAt }) => shanghaiDate(capturedAt));
  const maintenance = facts['site.maintenance'];
  if (maintenance?.state === 'observed') {
    const windows = days.map((day) => maintenanceOn(maintenance.value, day));
    const [window] = windows;
    if (window && windows.every((each) => each !== null))
      return excused(`网站公告 ${window.from} 至 ${window.to} 维护，期间看到的不作提示`);
  }
  const outage = facts['site.sharedOutage'];
  if (outage?.state !== 'observed' || !needs.some((key) => OVER_THE_WIRE.has(key)))
    return judgement;
  const { address, worst } = outage.value;
  return days.every((day) => day === shanghaiDate(worst.scheduledAt))
    ? excused(`当天 ${address} 上有 ${worst.failing} 个网站同时打不开，这天看到的不作提示`)
    : judgement;
}

const excused = (reason: string): Judgement => ({ status: 'notApplicable', reason });
