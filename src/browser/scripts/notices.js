// What a page tells its reader beside its content: errors, other messages, the question for cookies. Needs dom.js, semantics.js, locate.js and signs.js.

// What those who write pages call news that are none of an error, in names of classes or attributes.
const GOOD_NEWS = /(?:^|[\s_-])(?:success|info|positive|confirm)|Success|Info(?![a-z])/;
const BAD_NEWS = /error|danger|fail|negative|critical|warn/i;

/// Whether an alert is called a success, or for information only, by what it is, stands in or holds.
function isGoodNews(alert) {
  const parts = [outward(alert), alert, ...queryAll(alert, ':scope > *')].filter(Boolean);
  const names = parts.flatMap((part) => ['class', 'data-status', 'data-type', 'severity', 'variant'].map((each) => attribute(part, each) ?? '')).join(' ');
  return GOOD_NEWS.test(names) && !BAD_NEWS.test(names);
}

