import type { ContestDesk } from '../../inspection/index.ts';
import type { RectificationPolicy } from '../policy.ts';
import { tellPeople } from '../tell-people.ts';
import { answeredDraft, lodgedDraft } from './tell-contests.ts';

/** What the inspection needs of this room when a unit objects, and when it is answered. */
export const contestDesk = ({ contest }: RectificationPolicy): ContestDesk => ({
  answerWorkdays: contest.answerWorkdays,
  tellLodged: async (trx, lodged, at) => {
    await tellPeople(trx, [lodgedDraft(lodged)], at);
  },
  tellAnswered: async (trx, contests, at) => {
    await tellPeople(trx, contests.flatMap(answeredDraft), at);
  },
});
