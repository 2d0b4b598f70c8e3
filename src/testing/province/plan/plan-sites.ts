import type { CaseSite, ProvinceCase } from '../read-case.ts';
import { type Draw, drawFrom } from '../sites/draw.ts';
import type { SitePlan } from '../sites/site-plan.ts';
import { lineUp, type Slot } from './line-up.ts';
import type { Sponsor, UnitPlanner } from './plan-units.ts';
import { isGroupRow } from './print-rows.ts';
import type { PlannedSite } from './province-plan.ts';
import type { Registered } from './register-sponsor.ts';
import { seedOf } from './seed-of.ts';
import { HOST_SYLLABLES } from './words.ts';

/** A site before it is settled how the register names its sponsor. */
export type DraftSite = Omit<PlannedSite, keyof Registered> & { readonly by: Sponsor };

export const PLATFORM_HOST = 'zwfw.province.test';

const HOME_TAILS = ['/', '/', '/', ''] as const;
const OPENINGS = ['www.', 'www.', ''] as const;

/** Sites of all print rows in register order. */
export function planSites(source: ProvinceCase, units: UnitPlanner): DraftSite[] {
  const planner = new SitePlanner(source, units);
  return source.sitesByUnit.flatMap((row) => {
    const draw = drawFrom(seedOf(source.period, row.unit), 'sites');
    const failing = source.failingSites.filter((site) => site.row === row.unit);
    let portalWanted = true;
    return lineUp(row, failing, draw).map((slot) => {
      const isPortal = portalWanted && slot.failing === null && slot.status === '正常';
      if (isPortal) portalWanted = false;
      return slot.failing
        ? planner.failing(row.unit, slot.failing, draw)
        : planner.sound(row.unit, slot, isPortal, draw);
    });
  });
}

class SitePlanner {
  readonly #source: ProvinceCase;
  readonly #units: UnitPlanner;
  readonly #codes: Set<string>;
  readonly #names: Set<string>;
  readonly #hosts = new Set<string>([PLATFORM_HOST]);
  readonly #serials = new Map<string, number>();

  constructor(source: ProvinceCase, units: UnitPlanner) {
    this.#source = source;
    this.#units = units;
    this.#codes = new Set(source.failingSites.map((site) => site.siteCode));
    this.#names = new Set(source.failingSites.map((site) => site.name));
  }

  failing(row: string, site: CaseSite, draw: Draw): DraftSite {
    const named = /(?:政府|管委会|局|厅|委员会|办公室|中心)$/.test(site.name);
    const wanted = named ? this.#units.named(row, site.name) : this.#units.invent(row, draw);
    const by = this.#units.withCode(wanted, site.siteCode);
    const service = site.rules.some((rule) => rule.startsWith('site.veto.service.'));
    const traits = { hasService: service || draw.chance(0.85), isPortal: false, rules: site.rules };
    return this.#site(row, by, { ...traits, name: site.name, siteCode: site.siteCode }, draw);
  }

  sound(row: string, slot: Slot<CaseSite>, isPortal: boolean, draw: Draw): DraftSite {
    const by = isPortal ? this.#units.head(row) : this.#units.invent(row, draw);
    const place = isGroupRow(row) ? this.#units.root : row;
    const name = this.#freeName(
      isPortal ? `${place}人民政府门户网站` : this.#nameFor(by.name, draw),
    );
    const siteCode = this.#freeCode(by.divisionCode);
    const traits = { hasService: isPortal || draw.chance(0.85), isPortal, rules: [] };
    const site = this.#site(row, by, { ...traits, name, siteCode }, draw);
    if (slot.status === '正常') return { ...site, checked: slot.checked };
    return { ...site, status: slot.status, checked: false, web: null };
  }

  #site(
    row: string,
    by: Sponsor,
    about: Pick<PlannedSite, 'name' | 'siteCode' | 'hasService' | 'isPortal' | 'rules'>,
    draw: Draw,
  ): DraftSite {
    const host = this.#freeHost(draw);
    const seed = seedOf(this.#source.period, about.siteCode);
    const ownGuides = about.rules.some((rule) => rule.startsWith('site.veto.service.'));
    const web: SitePlan = {
      host,
      name: about.name,
      siteCode: about.siteCode,
      sponsor: by.name,
      place: isGroupRow(row) ? this.#units.root : row,
      hasService: about.hasService,
      isPortal: about.isPortal,
      monitoredOn: this.#source.window[1],
      problems: about.rules,
      seed,
      platformHost: !ownGuides && draw.chance(0.3) ? PLATFORM_HOST : null,
    };
    const homeUrl = `http://${host}${draw.pick(HOME_TAILS)}`;
    return { ...about, by, row, homeUrl, status: '正常', checked: true, trapped: false, web };
  }

  #nameFor(sponsor: string, draw: Draw): string {
    return draw.pick([
      sponsor,
      `${sponsor}网站`,
      `${sponsor.replace(/人民政府$/, '')}政务网`,
      `${sponsor}门户`,
    ]);
  }

  #freeName(wanted: string): string {
    let name = wanted;
    for (let number = 2; this.#names.has(name); number += 1) name = `${wanted}（${number}）`;
    this.#names.add(name);
    return name;
  }

  #freeCode(divisionCode: string): string {
    let code = '';
    do {
      const serial = (this.#serials.get(divisionCode) ?? 0) + 1;
      this.#serials.set(divisionCode, serial);
      code = `${divisionCode}${String(serial).padStart(4, '0')}`;
    } while (this.#codes.has(code));
    this.#codes.add(code);
    return code;
  }

  #freeHost(draw: Draw): string {
    const opening = draw.pick(OPENINGS);
    const stem = `${draw.pick(HOST_SYLLABLES)}${draw.pick(HOST_SYLLABLES)}${draw.chance(0.5) ? draw.pick(HOST_SYLLABLES) : ''}`;
    let host = `${opening}${stem}.province.test`;
    for (let number = 2; this.#hosts.has(host); number += 1)
      host = `${opening}${stem}${number}.province.test`;
    this.#hosts.add(host);
    return host;
  }
}
