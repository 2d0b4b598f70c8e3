import type { LinkClass, LinkUse } from '../../domain/facts/link-facts.ts';
import type { Handler } from '../servers/start-server.ts';

/** One link with what it truly is, and the server behaviour that makes it so. */
export interface LinkCase {
  /** What is special about it; unique. */
  readonly name: string;
  readonly truth: LinkClass;
  readonly url: string;
  readonly text?: string;
  readonly use?: LinkUse;
  /** What the host answers at this path; none where the host as a whole decides. */
  readonly handler?: Handler;
}

/** A host of its own for those whose whole host matters. */
export interface CaseHost {
  readonly host: string;
  readonly home: Handler;
  /** Every path that no case names. */
  readonly fallback: Handler;
}

export const SITE = 'http://www.qingyang.gov.cn';
