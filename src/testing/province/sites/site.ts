import { answerPlanted } from '../whole/answer-planted.ts';
import { answerStructure } from '../whole/answer-structure.ts';
import { challenge, cookieDoor, emptyShell, picture, serverError } from './doors.ts';
import { type Coding, chooseCoding, encodeAnswer } from './encode-answer.ts';
import { type VisitFate, type VisitPattern, visitPatternOf } from './home-visits.ts';
import { type PageCache, sharedPages } from './page-cache.ts';
import { NEXT_RECORDS, routePage, writeExplanation, writeMissing } from './route-page.ts';
import { modelOf, type SiteModel } from './site-model.ts';
import type {
  SimulatedSite,
  SiteAnswer,
  SitePlan,
  SiteRequest,
  SiteResponse,
} from './site-plan.ts';
import { INNER_HOME } from './write-home.ts';

const PICTURE = /\.(?:png|jpe?g|gif|ico)$/;

/** The path that decides the page: the query counts only where the rest of a list is asked for. */
const pathOf = (target: string): string =>
  target.startsWith(NEXT_RECORDS) ? target.slice(0, 200) : target.split('?', 1)[0]!;

/** Sets the pages of one site object apart in a cache that several share. */
let created = 0;

function makePage(model: SiteModel, path: string, coding: Coding): SiteResponse {
  const { traits, plan } = model;
  const setting = { traits, seed: plan.seed, coding };
  if (path === '/' && traits.home === 'redirect') {
    const headers = { location: INNER_HOME };
    return encodeAnswer('', 'html', { ...setting, coding: 'identity', status: 302, headers });
  }
  const page = routePage(model, path);
  if (page) return encodeAnswer(page.text, page.kind, setting);
  return encodeAnswer(writeMissing(model), 'html', { ...setting, status: 404 });
}

class PlannedSite implements SimulatedSite {
  readonly host: string;
  readonly #plan: SitePlan;
  readonly #pattern: VisitPattern;
  readonly #cache: PageCache;
  readonly #prefix: string;
  #model: SiteModel | null = null;
  #slipped = false;
  #visits = 0;
  /** Requests of planted addresses; there are only as many as were planted. */
  readonly #asked = new Map<string, number>();

  constructor(plan: SitePlan, cache: PageCache) {
    this.host = plan.host;
    this.#plan = plan;
    this.#pattern = visitPatternOf(plan);
    this.#cache = cache;
    created += 1;
    this.#prefix = `site${created}`;
  }

  handle(request: SiteRequest): SiteAnswer {
    const planted = this.#plan.whole && (this.#planted(request) ?? this.#structure(request));
    if (planted) return planted;
    const path = pathOf(request.path);
    const fate = this.#fate(path, request);
    if (fate === 'reset' || fate === 'hang') return fate;
    if (fate === 'challenge') return challenge(this.#plan.seed, this.#visits);
    if (fate !== 'ok') return serverError(fate);
    return this.#trapAnswer(path, request) ?? this.#page(path, request);
  }

  #fate(path: string, request: SiteRequest): VisitFate {
    if (path === '/') {
      this.#visits += 1;
      return this.#pattern.fateOf(request.visitNumber ?? this.#visits);
    }
    return this.#pattern.dead ? this.#pattern.fateOf(1) : 'ok';
  }

  #planted(request: SiteRequest): SiteResponse | null {
    const model = this.#siteModel();
    const asked = (this.#asked.get(request.path) ?? 0) + 1;
    const found = answerPlanted(model, request, asked);
    if (!found) return null;
    this.#asked.set(request.path, asked);
    if (!('page' in found)) return found;
    const coding = chooseCoding(model.traits, String(request.headers['accept-encoding'] ?? ''));
    const setting = { traits: model.traits, seed: this.#plan.seed, coding };
    const status = found.page === 'gone' ? 404 : 200;
    const text = found.page === 'good' ? writeExplanation(model) : writeMissing(model);
    return encodeAnswer(text, 'html', { ...setting, status });
  }

  /** The search and the forms of a whole site. */
  #structure(request: SiteRequest): SiteResponse | null {
    const model = this.#siteModel();
    const found = answerStructure(model, request);
    if (!found || !('text' in found)) return found;
    const coding = chooseCoding(model.traits, String(request.headers['accept-encoding'] ?? ''));
    return encodeAnswer(found.text, 'html', {
      traits: model.traits,
      seed: this.#plan.seed,
      coding,
    });
  }

  /** What stands before the pages: a wall, or a shell that only a browser fills. */
  #trapAnswer(path: string, request: SiteRequest): SiteResponse | null {
    const plan = this.#plan;
    if (plan.trap === 'waf-always') return challenge(plan.seed, this.#visits);
    if (PICTURE.test(path)) return picture();
    if (plan.trap === 'needs-render' && !/\.(?:js|css)$/.test(path)) return emptyShell(plan.name);
    const { traits, sections } = this.#siteModel();
    if (traits.firstSlip && !this.#slipped) {
      const slipping = sections.findLast(
        (section) => section.pace === 'record' && section.mode === 'list',
      );
      this.#slipped = slipping?.path === path;
      if (this.#slipped) return serverError(503);
    }
    return traits.cookieDoor ? cookieDoor(plan.seed, request) : null;
  }

  #page(path: string, request: SiteRequest): SiteResponse {
    const model = this.#siteModel();
    const coding = chooseCoding(model.traits, String(request.headers['accept-encoding'] ?? ''));
    // A round asks for the home page a hundred times, and for every other page hardly more than once.
    if (path !== '/' && path !== INNER_HOME) return makePage(model, path, coding);
    const key = `${this.#prefix} ${coding} ${path}`;
    return this.#cache.take(key, () => makePage(model, path, coding));
  }

  #siteModel(): SiteModel {
    this.#model ??= modelOf(this.#plan);
    return this.#model;
  }
}

/**
 * The site of a plan. It counts its home requests (`/`) itself, so keep one object per host for as long as it serves;
 * its home page lives in `cache`, the others are made whenever they are asked for.
 */
export function createSite(plan: SitePlan, cache: PageCache = sharedPages): SimulatedSite {
  return new PlannedSite(plan, cache);
}
