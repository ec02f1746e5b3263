// The order in which things are drawn and read, which style sheets may make another than the document's. Needs dom.js and frames.js.

/// An element, or a text, with all that it stands in, from the outside.
function pathTo(node) {
  const path = [node];
  const start = node.nodeType === Node.TEXT_NODE ? elementAround(node) : outward(node);
  for (let outer = start; outer; outer = outward(outer)) path.unshift(outer);
  return path;
}

function boxOfNode(node) {
  if (node.nodeType === Node.ELEMENT_NODE) return boundsOf(node);
  return rangeOf(node).getBoundingClientRect();
}

const styleOf = (node) => getComputedStyle(node.nodeType === Node.ELEMENT_NODE ? node : elementAround(node));

/// Whether it stands where the flow of its document takes it: one such thing after the other, if their parent does not lay them out otherwise.
function isInFlow(node) {
  const { position, float, transform, translate } = node.nodeType === Node.ELEMENT_NODE ? styleOf(node) : {};
  return node.nodeType !== Node.ELEMENT_NODE || [position, float, transform, translate].join() === 'static,none,none,none';
}

/// Whether two stretches share too little to be beside each other.
const isApart = (start, end, otherStart, otherEnd) =>
  Math.min(end, otherEnd) - Math.max(start, otherStart) < Math.min(end - start, otherEnd - otherStart) / 2;

/// Which of two paths comes first: where they part, the upper one, or of two beside each other the one where reading begins.
function compareDrawn(one, other) {
  const at = one.findIndex((node, index) => node !== other[index]);
  if (at < 0 || at >= other.length) return one.length - other.length;
  const [a, b] = [one[at], other[at]];
  const parent = at > 0 ? styleOf(one[at - 1]) : {};
  if (isInFlow(a) && isInFlow(b) && !/flex|grid|table/.test(parent.display)) return 0;
  let [here, there] = [boxOfNode(a), boxOfNode(b)];
  // What has no box itself is where the thing in it is drawn.
  if (!here.width || !there.width || !here.height || !there.height) [here, there] = [boxOfNode(one.at(-1)), boxOfNode(other.at(-1))];
  if (isApart(here.top, here.bottom, there.top, there.bottom)) return here.top - there.top;
  if (!isApart(here.left, here.right, there.left, there.right)) return 0;
  return parent.direction === 'rtl' ? there.left - here.left : here.left - there.left;
}

/// Things with a `node` each, in the order in which they are drawn.
function asDrawn(things) {
  const paths = new Map(things.map(({ node }) => [node, pathTo(node)]));
  return [...things].sort((one, other) => compareDrawn(paths.get(one.node), paths.get(other.node)));
}
