import type { components, paths } from './schema.generated.ts';

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** Paths that answer to a method. */
export type PathOf<M extends Method> = {
  [P in keyof paths]: paths[P] extends Record<M, unknown> ? P : never;
}[keyof paths];

type OperationOf<P extends keyof paths, M extends Method> =
  paths[P] extends Record<M, infer Operation> ? Operation : never;

/** Path and query parameters of an endpoint. */
export type ParamsOf<P extends keyof paths, M extends Method = 'get'> =
  OperationOf<P, M> extends { parameters: infer Parameters } ? Parameters : never;

export type BodyOf<P extends keyof paths, M extends Method> =
  OperationOf<P, M> extends { requestBody?: { content: { 'application/json': infer Body } } }
    ? Body
    : undefined;

type Json<Answer> = Answer extends { content: { 'application/json': infer Body } } ? Body : never;

/** What an endpoint answers when all went well. */
export type AnswerOf<P extends keyof paths, M extends Method = 'get'> =
  OperationOf<P, M> extends { responses: infer Answers }
    ? {
        [Code in keyof Answers]: Code extends 200 | 201 | 202 ? Json<Answers[Code]> : never;
      }[keyof Answers]
    : never;

/** One row of a list endpoint. */
export type ItemOf<P extends keyof paths> =
  AnswerOf<P> extends { items: readonly (infer Item)[] } ? Item : never;

export type Problem = components['schemas']['Problem'];

// By their endpoints, not by their names in the description: a renamed schema must not break the pages.
export type Session = AnswerOf<'/api/v1/session'>;
export type SessionUser = NonNullable<Session['user']>;
export type Ability = SessionUser['abilities'][number];
export type Role = SessionUser['roles'][number];
export type Overview = AnswerOf<'/api/v1/overview'>;
export type UnitNode = ItemOf<'/api/v1/units'>;
export type SiteItem = ItemOf<'/api/v1/sites'>;
export type AccountItem = ItemOf<'/api/v1/accounts'>;
export type SiteDetail = AnswerOf<'/api/v1/sites/{id}'>;
export type AccountDetail = AnswerOf<'/api/v1/accounts/{id}'>;
export type SiteRound = AnswerOf<'/api/v1/sites/{id}/rounds/{period}'>;
export type SiteSections = AnswerOf<'/api/v1/sites/{id}/rounds/{period}/sections'>;
export type SectionItem = SiteSections['items'][number];
export type SiteSurvey = AnswerOf<'/api/v1/sites/{id}/rounds/{period}/survey'>;
export type FailingLink = ItemOf<'/api/v1/sites/{id}/rounds/{period}/survey/links'>;
export type SuspectedWords = ItemOf<'/api/v1/sites/{id}/rounds/{period}/survey/words'>;
export type AccountRound = AnswerOf<'/api/v1/accounts/{id}/rounds/{period}'>;
export type AccountSights = AnswerOf<'/api/v1/accounts/{id}/observations'>;
export type ListedSight = AccountSights['items'][number];
export type SightItem = AccountRound['observations'][number];
export type NewSight = BodyOf<'/api/v1/accounts/{id}/observations', 'post'>;
export type KeptPicture = AnswerOf<'/api/v1/accounts/{id}/pictures', 'post'>;
export type VerdictView = NonNullable<SiteItem['lastVerdict']>;
export type RoundItem = ItemOf<'/api/v1/rounds'>;
export type RoundDetail = AnswerOf<'/api/v1/rounds/{period}'>;
export type RoundProgress = NonNullable<RoundDetail['progress']>;
export type FindingItem = ItemOf<'/api/v1/findings'>;
export type ImportPreview = AnswerOf<'/api/v1/registry/imports/{id}'>;
