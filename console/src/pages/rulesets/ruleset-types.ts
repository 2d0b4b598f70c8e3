import type { AnswerOf, ItemOf } from '../../api/types.ts';

/** One version of a ruleset, without its rules. */
export type RulesetVersion = ItemOf<'/api/v1/rulesets'>;
export type RulesetView = AnswerOf<'/api/v1/rulesets/{id}'>;
export type RuleView = RulesetView['rules'][number];
export type RuleClass = RuleView['class'];
