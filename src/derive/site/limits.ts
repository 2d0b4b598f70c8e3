/**
 * Limits of reading one site. A typical healthy site needs 15–30 pages; the crawler's own budget is about 60.
 * Reaching one of these is written into the facts (`unobserved`, `complete: false`), never passed over in silence.
 */
export const SITE_LIMITS = {
  /** Sections kept for one site: portals of a city have 100–150; beyond, the counts of the rules are long settled. */
  sections: 160,
  /** Sections asked for: leaves room in the crawl budget for articles, guides and boards. */
  sectionPages: 110,
  /** New sections taken from one page: a subject catalogue of hundreds of words is not a menu. */
  childrenPerPage: 40,
  /** Depth of the section tree: the standard speaks of first- and second-level sections, one more is read for blanks. */
  depth: 3,
  /** Article pages asked for because the home page lists items without a date. */
  homeArticles: 12,
  /** The same for one section: five dates from the top of a list say how new it is. */
  sectionArticles: 5,
  /** All such section articles together. */
  articlePages: 60,
  /** Hops from an entry page, frame set or client redirect to the real home page. */
  homeHops: 4,
  /** Frames followed for one page. */
  framesPerPage: 4,
  /** Data files and data interfaces followed for one page. */
  dataPerPage: 3,
  /** Scripts read in search of the footer. */
  footerScripts: 3,
  /** Pages opened because their name promises a way to consult. */
  channelPages: 16,
  /** Hops from a channel page to the form that it leads to. */
  channelHops: 2,
  /** Message pages opened because their row does not say whether they were answered. */
  messagePages: 20,
  /** Messages kept (domain: beyond, they are only counted). */
  messages: 500,
  /** Further pages of one message board. */
  boardPages: 2,
  /** Guide pages opened: the rule asks for five bad ones, or for all when there are fewer than five. */
  guidePages: 24,
  /** Articles opened because their title announces maintenance. */
  maintenancePages: 3,
  /** Articles opened only to see their foot and their tags. */
  sampleArticles: 2,
  /** Announcements kept. */
  maintenanceNotices: 10,
  /** Items of one list kept in a page's summary; lists are newest first. */
  itemsPerList: 60,
  /** Lists kept per page. */
  listsPerPage: 40,
  /** Policy files opened to look for their interpretation, and interpretations to look for their file. */
  policyPages: 6,
  interpretationPages: 6,
  /** Counterparts that these link to. */
  counterpartPages: 6,
  /** Pages of single leaders. */
  leaderPages: 8,
  /** Pages of figures that no section leads to. */
  statisticsPages: 3,
  /** Surveys opened to see how they can be answered. */
  surveyPages: 3,
  /** Forms of guides whose first bytes are looked at, of one guide and of all. */
  formsPerGuide: 2,
  forms: 10,
  /** Sections too deep to be read that are named. */
  deepSections: 20,
  /** Dated home items kept as evidence (domain). */
  recentItems: 20,
} as const;

export type SiteLimits = { readonly [K in keyof typeof SITE_LIMITS]: number };

/**
 * Order of asking, lower first: what settles the most rules comes first, so that a small budget still sees what matters.
 */
export const PRIORITY = {
  home: 0,
  homePart: 2,
  firstLevel: 10,
  sectionPart: 12,
  homeArticle: 14,
  channel: 16,
  board: 20,
  service: 22,
  knownSecondLevel: 26,
  guide: 30,
  message: 34,
  sectionArticle: 38,
  secondLevel: 42,
  footerScript: 44,
  maintenance: 46,
  sampleArticle: 50,
  search: 48,
  policy: 49,
  leader: 50,
  form: 51,
  statistics: 52,
  survey: 53,
  thirdLevel: 60,
} as const;
