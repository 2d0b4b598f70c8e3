/** Expressions that run in a page's isolated world: plain JavaScript, for nothing of ours is there. All are bounded. */

const ELEMENTS_MAX = 20_000;
const TEXTS_MAX = 5_000;

/** A CSS selector of an element: its id, or its way from the nearest one that has one. */
const SELECTOR_OF = `const selectorOf = (element) => {
  const steps = [];
  for (let at = element; at && at.nodeType === 1 && steps.length < 6; at = at.parentElement) {
    if (at.id) { steps.unshift('#' + CSS.escape(at.id)); break; }
    const same = at.parentElement ? [...at.parentElement.children].filter((other) => other.localName === at.localName) : [];
    steps.unshift(at.localName + (same.length > 1 ? ':nth-of-type(' + (same.indexOf(at) + 1) + ')' : ''));
  }
  return steps.join(' > ').slice(0, 200);
};
const tidy = (text) => (text ?? '').replace(/\\s+/g, ' ').trim();
const isShown = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && element.getClientRects().length > 0;`;

/** Controls whose words match: {@link PageControl}[]. */
export const controlsScript = (words: RegExp): string => `(() => {
  ${SELECTOR_OF}
  const wanted = new RegExp(${JSON.stringify(words.source)}, 'u');
  const found = [], seen = new Set();
  let looked = 0;
  for (const element of document.querySelectorAll('a,button,area,input,img,span,div,li,p,i,em,b,strong,font,label,[role=button],[title],[aria-label]')) {
    if (found.length >= 40 || (looked += 1) > ${ELEMENTS_MAX}) break;
    const own = element.childElementCount <= 3 ? tidy(element.textContent) : '';
    const words = [own, element.alt, element.title, element.getAttribute('aria-label'), element.localName === 'input' ? element.value : '']
      .map(tidy).find((text) => text !== '' && text.length <= 40 && wanted.test(text));
    if (words === undefined || !isShown(element)) continue;
    const target = element.closest('a,button,area,input,[onclick],[role=button]');
    const pressed = target ?? (getComputedStyle(element).cursor === 'pointer' ? element : null);
    if (pressed === null || seen.has(pressed)) continue;
    seen.add(pressed);
    const href = pressed.localName === 'a' || pressed.localName === 'area' ? pressed.href : '';
    const isAway = /^https?:/.test(href) && href.split('#')[0] !== location.href.split('#')[0];
    found.push({
      words,
      url: isAway ? href : null,
      selector: selectorOf(pressed),
      top: Math.round(pressed.getBoundingClientRect().top + scrollY),
      around: tidy((pressed.parentElement?.parentElement ?? pressed).textContent).slice(0, 300),
    });
  }
  return found;
})()`;

/** {@link TextLook}. */
export const TEXT_LOOK = `(() => {
  ${SELECTOR_OF}
  const sizes = new Map();
  let chars = 0, texts = 0;
  const scale = new DOMMatrix(getComputedStyle(document.body).transform).a || 1;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node && texts < ${TEXTS_MAX}; node = walker.nextNode()) {
    const length = tidy(node.data).length;
    const parent = node.parentElement;
    if (length < 2 || !parent || /^(script|style|noscript|option)$/.test(parent.localName) || !isShown(parent)) continue;
    texts += 1;
    chars += length;
    const size = parseFloat(getComputedStyle(parent).fontSize) * (parent.currentCSSZoom ?? 1) * scale;
    sizes.set(size, (sizes.get(size) ?? 0) + length);
  }
  let fontSize = null, passed = 0;
  for (const [size, length] of [...sizes].sort((a, b) => a[0] - b[0])) {
    passed += length;
    if (passed * 2 >= chars) { fontSize = Math.round(size * 10) / 10; break; }
  }
  const boxes = [];
  let looked = 0;
  for (const element of document.body.querySelectorAll('*')) {
    if (boxes.length >= 20 || (looked += 1) > ${ELEMENTS_MAX}) break;
    if (getComputedStyle(element).position !== 'fixed' || !isShown(element)) continue;
    const { width, height } = element.getBoundingClientRect();
    if (width * height < 3000) continue;
    const links = [...element.querySelectorAll('a[href],iframe[src]')].slice(0, 20);
    if (element.localName === 'a' || element.localName === 'iframe') links.push(element);
    boxes.push({
      selector: selectorOf(element),
      words: tidy(element.textContent).slice(0, 200),
      names: tidy(element.id + ' ' + (element.getAttribute('class') ?? '')).slice(0, 200),
      hosts: [...new Set(links.map((link) => URL.parse(link.href || link.src || '')?.hostname ?? '').filter(Boolean))].slice(0, 5),
      hasPicture: element.querySelector('img,video,canvas') !== null || element.localName === 'img',
    });
  }
  return { url: location.href, title: document.title.slice(0, 200), fontSize, boxes };
})()`;

/** How many frames show content of their own: what stands in them is not looked into. */
export const FRAMES_SHOWN = `[...document.querySelectorAll('frame,iframe')].filter((frame) => {
  const { width, height } = frame.getBoundingClientRect();
  return width * height >= 20000 && frame.checkVisibility({ visibilityProperty: true });
}).length`;

/** Brings an element into the window; its middle there, or null when it is not there. */
export const middleScript = (selector: string): string => `(() => {
  const element = document.querySelector(${JSON.stringify(selector)});
  if (!element) return null;
  element.scrollIntoView({ block: 'center', behavior: 'instant' });
  const { left, top, width, height } = element.getBoundingClientRect();
  return { x: left + width / 2, y: top + height / 2 };
})()`;
