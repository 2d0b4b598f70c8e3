import type { CalendarDate } from '../../lib/pure/dates.ts';
import type { Candidate } from './candidate.ts';
import { holdsAt, type Role } from './lexicon.ts';
import { buildTermAutomaton, scanTerms } from './term-automaton.ts';

export type RoleChecker = (text: string, at: CalendarDate | null) => Candidate[];

/**
 * Whether a person is called by a post that the table gives him or her on the day of the article. Looks only at posts that stand
 * directly before the name (省长张三) or after it (张三省长), and only at posts that the table knows; 原, 前, 时任 speak of the past.
 */
export function createRoleChecker(roles: readonly Role[]): RoleChecker {
  const persons = [...new Set(roles.map((role) => role.person))].filter((one) => one.length >= 2);
  const posts = [...new Set(roles.map((role) => role.post))].sort((a, b) => b.length - a.length);
  const automaton = buildTermAutomaton(persons);
  return (text, at) => {
    const found: Candidate[] = [];
    if (at === null) return found;
    scanTerms(automaton, text, (index, end) => {
      const person = persons[index]!;
      const start = end - person.length;
      const called = postBefore(text, start, posts) ?? postAfter(text, end, posts);
      if (
        called === null ||
        PAST.test(text.slice(Math.max(0, called.from - PAST_REACH), called.from))
      )
        return;
      const candidate = judge(roles, person, called.post, at);
      if (candidate === null) return;
      const from = Math.min(called.from, start);
      found.push({ start: from, end: Math.max(called.to, end), ...candidate });
    });
    return found;
  };
}

const PAST = /(?:原任?|前任?|时任|曾任|历任|老|候任|拟任|提名|当选为?|任命)[^，。；\n]{0,12}$/;
const PAST_REACH = 16;
/** Between post and name: nothing, or a blank or an honorific. */
const JOINED = /^(?: |同志|：|:)?$/;

interface Called {
  readonly post: string;
  readonly from: number;
  readonly to: number;
}

function postBefore(text: string, start: number, posts: readonly string[]): Called | null {
  for (const gap of [0, 1]) {
    if (!JOINED.test(text.slice(start - gap, start))) continue;
    const to = start - gap;
    const post = posts.find(
      (one) => text.endsWith(one, to) && isWholePost(text, to - one.length, one),
    );
    if (post !== undefined) return { post, from: to - post.length, to };
  }
  return null;
}

function postAfter(text: string, end: number, posts: readonly string[]): Called | null {
  const post = posts.find((one) => text.startsWith(one, end));
  return post === undefined ? null : { post, from: end, to: end + post.length };
}

/** 副省长 is another post than 省长, and 省委书记 another than 书记 of something else: the longest known post was taken. */
const isWholePost = (text: string, from: number, post: string): boolean =>
  post.startsWith('副') || !/[副代]/.test(text[from - 1] ?? '');

function judge(
  roles: readonly Role[],
  person: string,
  post: string,
  at: CalendarDate,
): Omit<Candidate, 'start' | 'end'> | null {
  const own = roles.filter((role) => role.person === person);
  if (own.some((role) => role.post === post && holdsAt(role, at))) return null;
  const now = own.filter((role) => holdsAt(role, at));
  const holder = roles.find((role) => role.post === post && holdsAt(role, at));
  const hasEnded = own.some((role) => role.post === post && role.to !== null && role.to < at);
  // Neither of the person then, nor of the post, nor of its end: the table does not reach that far, and says nothing.
  if (now.length === 0 && holder === undefined && !hasEnded) return null;
  const title = now[0] === undefined ? '' : `${now[0].organ}${now[0].post}${person}`;
  const held = own.some((role) => role.post === post);
  return {
    suggestion: title,
    class: 'role',
    severity: 'veto',
    confidence: held ? 0.9 : 0.75,
    rule: `role:${person}/${post}`,
    reason: held
      ? `${at} 时${person}不任${post}${holder ? `（${holder.person}任）` : ''}`
      : `职务表中${person}没有任过${post}`,
  };
}
