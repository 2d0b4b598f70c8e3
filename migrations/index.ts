import type { Migration } from 'kysely/migration';
import * as registry from './0001-registry.ts';
import * as bulletin from './0050-bulletin.ts';
import * as inspection from './0100-inspection.ts';
import * as evidence from './0110-evidence.ts';
import * as roundTasks from './0120-round-tasks.ts';
import * as identity from './0200-identity.ts';
import * as auditChain from './0210-audit-chain.ts';
import * as review from './0220-review.ts';
import * as bulletinSigning from './0230-bulletin-signing.ts';
import * as readModels from './0240-read-models.ts';
import * as oidc from './0250-oidc.ts';
import * as quickerLists from './0260-quicker-lists.ts';
import * as survey from './0300-survey.ts';
import * as portalScores from './0320-portal-scores.ts';
import * as sectionKinds from './0330-section-kinds.ts';
import * as quietHours from './0340-quiet-hours.ts';
import * as surveyTerms from './0345-survey-terms.ts';
import * as wording from './0350-wording.ts';
import * as evidenceResources from './0370-evidence-resources.ts';
import * as wholeSites from './0380-whole-sites.ts';
import * as ignorePeople from './0390-ignore-people.ts';
import * as sources from './0400-sources.ts';
import * as observations from './0410-observations.ts';
import * as discovery from './0420-discovery.ts';
import * as register from './0430-register.ts';
import * as lifecycle from './0440-lifecycle.ts';
import * as matrix from './0450-matrix.ts';
import * as wechat from './0460-wechat.ts';
import * as sharedCounts from './0470-shared-counts.ts';
import * as noPublications from './0471-no-publications.ts';
import * as sealedDrafts from './0475-sealed-drafts.ts';
import * as clocks from './0476-clocks.ts';
import * as ownAbilities from './0477-own-abilities.ts';
import * as registerDiff from './0480-register-diff.ts';
import * as roundRegister from './0485-round-register.ts';
import * as withdrawnObservations from './0486-withdrawn-observations.ts';
import * as rectification from './0500-rectification.ts';
import * as bulletinTemplates from './0520-bulletin-templates.ts';
import * as notices from './0530-notices.ts';
import * as deliveries from './0531-deliveries.ts';
import * as findErrors from './0535-find-errors.ts';
import * as liveNotices from './0540-live-notices.ts';
import * as followerCounts from './0541-follower-counts.ts';
import * as wechatAsked from './0545-wechat-asked.ts';
import * as publicFindErrors from './0550-public-find-errors.ts';
import * as bulletinCorrections from './0555-bulletin-corrections.ts';
import * as assessment from './0560-assessment.ts';
import * as rectificationRoom from './0565-rectification-room.ts';
import * as assessmentFiles from './0570-assessment-files.ts';
import * as yearlyForms from './0571-yearly-forms.ts';
import * as duty from './0575-duty.ts';
import * as accountability from './0576-accountability.ts';
import * as rectificationClock from './0580-rectification-clock.ts';
import * as contestLetters from './0581-contest-letters.ts';
import * as selfCheck from './0585-self-check.ts';
import * as contestFiles from './0590-contest-files.ts';
import * as regulations from './0595-regulations.ts';
import * as trainings from './0596-trainings.ts';
import * as selfCheckQuestions from './0605-self-check-questions.ts';
import * as findErrorRetention from './0606-find-error-retention.ts';
import * as noticeTemplates from './0610-notice-templates.ts';

/** All migrations by number; forward only. */
export const MIGRATIONS: Record<string, Migration> = {
  '0001-registry': registry,
  '0050-bulletin': bulletin,
  '0100-inspection': inspection,
  '0110-evidence': evidence,
  '0120-round-tasks': roundTasks,
  '0200-identity': identity,
  '0210-audit-chain': auditChain,
  '0220-review': review,
  '0230-bulletin-signing': bulletinSigning,
  '0240-read-models': readModels,
  '0250-oidc': oidc,
  '0260-quicker-lists': quickerLists,
  '0300-survey': survey,
  '0320-portal-scores': portalScores,
  '0330-section-kinds': sectionKinds,
  '0340-quiet-hours': quietHours,
  '0345-survey-terms': surveyTerms,
  '0350-wording': wording,
  '0370-evidence-resources': evidenceResources,
  '0380-whole-sites': wholeSites,
  '0390-ignore-people': ignorePeople,
  '0400-sources': sources,
  '0410-observations': observations,
  '0420-discovery': discovery,
  '0430-register': register,
  '0440-lifecycle': lifecycle,
  '0450-matrix': matrix,
  '0460-wechat': wechat,
  '0470-shared-counts': sharedCounts,
  '0471-no-publications': noPublications,
  '0475-sealed-drafts': sealedDrafts,
  '0476-clocks': clocks,
  '0477-own-abilities': ownAbilities,
  '0480-register-diff': registerDiff,
  '0485-round-register': roundRegister,
  '0486-withdrawn-observations': withdrawnObservations,
  '0500-rectification': rectification,
  '0520-bulletin-templates': bulletinTemplates,
  '0530-notices': notices,
  '0531-deliveries': deliveries,
  '0535-find-errors': findErrors,
  '0540-live-notices': liveNotices,
  '0541-follower-counts': followerCounts,
  '0545-wechat-asked': wechatAsked,
  '0550-public-find-errors': publicFindErrors,
  '0555-bulletin-corrections': bulletinCorrections,
  '0560-assessment': assessment,
  '0565-rectification-room': rectificationRoom,
  '0570-assessment-files': assessmentFiles,
  '0571-yearly-forms': yearlyForms,
  '0575-duty': duty,
  '0576-accountability': accountability,
  '0580-rectification-clock': rectificationClock,
  '0581-contest-letters': contestLetters,
  '0585-self-check': selfCheck,
  '0590-contest-files': contestFiles,
  '0595-regulations': regulations,
  '0596-trainings': trainings,
  '0605-self-check-questions': selfCheckQuestions,
  '0606-find-error-retention': findErrorRetention,
  '0610-notice-templates': noticeTemplates,
};
