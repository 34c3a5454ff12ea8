// Shows what /api/v1/events tells. No framework, and text only ever goes in as text.

const GROUPS = {
  registered: ['registered', 'kept'],
  underway: ['pending', 'waiting', 'draining', 'maintenance', 'removing'],
  problem: ['failing', 'rejected', 'conflict'],
  leftout: [],
};
const LOOKS = {
  registered: ['good', '✓'], kept: ['good', '✓'],
  pending: ['busy', '…'], waiting: ['busy', '◔'], draining: ['warn', '↓'], maintenance: ['warn', '‖'], removing: ['warn', '↓'],
  failing: ['bad', '!'], rejected: ['bad', '✕'], conflict: ['bad', '✕'],
};
const JOURNAL_SHOWN = 200;

const byId = id => document.getElementById(id);
const containers = new Map(); // id → {data, body, text, groups, open}
let order = []; // ids by container name
let group = 'all';
let needle = '';
let head = null;
let clockSkew = 0;

function element(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key in made && key !== 'list') made[key] = value; else made.setAttribute(key, value);
  }
  made.append(...children.filter(child => child !== null && child !== ''));
  return made;
}

// --- Times -----------------------------------------------------------------------------------------------------------

function ago(instant) {
  if (!instant) return 'never';
  const seconds = Math.max(0, Math.round((Date.now() - clockSkew - Date.parse(instant)) / 1000));
  if (seconds < 2) return 'just now';
  if (seconds < 90) return `${seconds} s ago`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} min ago`;
  if (seconds < 129600) return `${Math.round(seconds / 3600)} h ago`;
  return `${Math.round(seconds / 86400)} days ago`;
}

function millis(number) {
  if (number === null || number === undefined) return '–';
  return number < 1000 ? `${number} ms` : `${(number / 1000).toFixed(1)} s`;
}

// --- Overview --------------------------------------------------------------------------------------------------------

function showPeer(id, peer, where) {
  const lost = !peer.answers;
  byId(id).textContent = lost ? '✕ Does not answer' : '✓ Connected';
  byId(id).className = lost ? 'lost' : '';
  byId(`${id}-more`).textContent = lost
    ? [where, peer.lastError].filter(Boolean).join(' · ')
    : [where, `since ${ago(peer.since)}`.replace('since just', 'just')].filter(Boolean).join(' · ');
}

function showHead() {
  if (!head) return;
  const { about, passes } = head;
  byId('about').textContent = [about.node, about.address, about.ports && `${about.ports} ports`, about.version].filter(Boolean).join(' · ');
  document.title = `${head.ready ? '' : '✕ '}Registrator${about.node ? ` on ${about.node}` : ''}`;
  const ready = byId('ready');
  const words = head.ready ? '✓ Ready' : '✕ Not ready';
  if (ready.textContent !== words) ready.textContent = words;
  ready.className = `badge ${head.ready ? 'good' : 'bad'}`;
  const missing = head.missing.join('; ');
  const notice = byId('notice');
  if (notice.textContent !== missing) notice.textContent = missing;
  notice.hidden = head.ready;
  showPeer('engine', head.engine, about.engine);
  showPeer('registry', head.registry, about.registry);
  byId('pass').textContent = passes.lastCompleted ? ago(passes.lastCompleted) : 'Not yet';
  byId('pass-more').textContent = passes.lastCompleted ? `took ${millis(passes.lastTookMillis)}, ${passes.completed} so far` : '';
  byId('lag').textContent = millis(passes.lastLagMillis);
}

// --- Containers ------------------------------------------------------------------------------------------------------

function stateBadge(word, look, symbol) {
  return element('span', { className: `state ${look}` }, element('span', { 'aria-hidden': 'true' }, `${symbol} `), word);
}

function problemLine(problem) {
  const error = problem.severity === 'error';
  const where = [problem.port, problem.key].filter(Boolean).join(' ');
  return element('small', { className: `problem${error ? ' error' : ''}` }, `${error ? '✕' : '!'} ${where}: ${problem.message}`);
}

function serviceCells(service) {
  const [look, symbol] = LOOKS[service.state] ?? ['', '·'];
  const cell = service.state === 'registered'
    ? element('td', { className: 'quiet' }, element('time', { dateTime: service.since, className: 'ago' }, ago(service.since)))
    : element('td', {}, service.why);
  return [
    element('td', {}, service.name, element('small', {}, service.id), ...service.tags.map(tag => element('span', { className: 'tag' }, tag))),
    element('td', {}, service.address, element('small', {}, [service.port, service.checks.length && `check ${service.checks.join(', ')}`].filter(Boolean).join(' · '))),
    element('td', {}, stateBadge(service.state, look, symbol)),
    cell,
  ];
}

/** What nobody misses is shown with the details alone: another binding of a port that is registered. */
function missing(data) {
  return data.leftOut.filter(port => port.reason !== 'other binding');
}

function leftOutCells(port) {
  return [element('td', {}, port.port ?? ''), element('td'), element('td', {}, stateBadge(port.reason, '', '–')), element('td', {}, port.why)];
}

function groupsOf(data) {
  const all = new Set(['all']);
  for (const service of data.services) {
    for (const [name, states] of Object.entries(GROUPS)) if (states.includes(service.state)) all.add(name);
  }
  if (missing(data).length) all.add('leftout');
  if (data.unreadable || data.problems.some(problem => problem.severity === 'error')) all.add('problem');
  return all;
}

function textOf(data) {
  return [
    data.name, data.id,
    ...data.services.flatMap(service => [service.id, service.name, service.address, service.state, ...service.tags]),
    ...data.leftOut.flatMap(port => [port.reason, port.port]),
  ].join(' ').toLowerCase();
}

function rowsOf(entry) {
  const { data } = entry;
  const cells = [...data.services.map(serviceCells), ...missing(data).map(leftOutCells)];
  if (cells.length === 0) cells.push([element('td'), element('td'), element('td'), element('td')]);
  const name = element('button', { type: 'button', 'aria-expanded': String(entry.open) }, data.name);
  name.addEventListener('click', () => toggle(entry));
  const label = element('th', { scope: 'rowgroup', rowSpan: cells.length },
    name,
    element('small', {}, data.id.slice(0, 12) + (data.gone ? ', gone' : '')),
    data.unreadable ? element('small', { className: 'problem error' }, `✕ cannot be inspected: ${data.unreadable}`) : null,
    ...data.problems.map(problemLine));
  return cells.map((row, index) => element('tr', {}, ...(index === 0 ? [label] : []), ...row));
}

function put(data, fresh) {
  let entry = containers.get(data.id);
  if (!entry) {
    entry = { body: element('tbody', { className: fresh ? 'fresh' : '' }), open: false };
    containers.set(data.id, entry);
    entry.data = data;
    insert(entry);
  }
  const focused = entry.body.contains(document.activeElement);
  Object.assign(entry, { data, text: textOf(data), groups: groupsOf(data) });
  entry.body.replaceChildren(...rowsOf(entry));
  if (entry.open) explain(entry);
  if (focused) entry.body.querySelector('button').focus();
}

function compare(a, b) {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : a.id < b.id ? -1 : 1;
}

function insert(entry) {
  let low = 0;
  let high = order.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compare(containers.get(order[middle]).data, entry.data) < 0) low = middle + 1; else high = middle;
  }
  byId('table').insertBefore(entry.body, low < order.length ? containers.get(order[low]).body : null);
  order.splice(low, 0, entry.data.id);
}

function remove(id) {
  containers.get(id)?.body.remove();
  containers.delete(id);
  order = order.filter(other => other !== id);
}

// --- One container's derivation ----------------------------------------------------------------------------------------

function toggle(entry) {
  entry.open = !entry.open;
  entry.body.querySelector('th button').setAttribute('aria-expanded', String(entry.open));
  if (entry.open) explain(entry); else entry.body.querySelector('.details')?.remove();
}

async function explain(entry) {
  const cell = element('td', { colSpan: 5 });
  try {
    const answer = await fetch(`api/v1/containers/${encodeURIComponent(entry.data.id)}`);
    if (!answer.ok) throw new Error(await answer.text());
    const { because } = await answer.json();
    for (const [id, fields] of Object.entries(because)) {
      cell.append(element('h3', {}, id), element('dl', {}, ...Object.entries(fields).flatMap(([field, why]) => [element('dt', {}, field), element('dd', {}, why)])));
    }
    if (!cell.hasChildNodes()) cell.append('Nothing more to say.');
  } catch (failed) {
    cell.append(`Cannot be explained now: ${failed.message}`);
  }
  if (!entry.open) return;
  entry.body.querySelector('.details')?.remove();
  entry.body.append(element('tr', { className: 'details' }, cell));
}

// --- Filter ----------------------------------------------------------------------------------------------------------

function filter() {
  const counts = { all: 0, registered: 0, underway: 0, problem: 0, leftout: 0 };
  let shown = 0;
  for (const entry of containers.values()) {
    const found = entry.text.includes(needle);
    if (found) for (const name of entry.groups) counts[name]++;
    entry.body.hidden = !(found && entry.groups.has(group));
    if (!entry.body.hidden) shown++;
  }
  for (const button of byId('groups').children) button.querySelector('span').textContent = counts[button.dataset.group];
  const words = needle || group !== 'all' ? `${shown} of ${containers.size} containers` : `${containers.size} containers`;
  if (byId('shown').textContent !== words) byId('shown').textContent = words;
  byId('none').hidden = shown > 0;
  byId('none').textContent = containers.size === 0 ? 'The engine has no containers.' : 'No container matches.';
  byId('table').hidden = shown === 0;
}

byId('filter').addEventListener('input', event => {
  needle = event.target.value.trim().toLowerCase();
  filter();
});
byId('groups').addEventListener('click', event => {
  const button = event.target.closest('button');
  if (!button) return;
  group = button.dataset.group;
  for (const other of byId('groups').children) other.setAttribute('aria-pressed', String(other === button));
  filter();
});
document.addEventListener('keydown', event => {
  if (event.key === '/' && event.target === document.body || event.key === '/' && event.target.tagName === 'BUTTON') {
    event.preventDefault();
    byId('filter').focus();
  } else if (event.key === 'Escape' && event.target === byId('filter')) {
    byId('filter').value = '';
    byId('filter').dispatchEvent(new Event('input'));
  }
});

// --- Journal ---------------------------------------------------------------------------------------------------------

function entryItem(entry) {
  const at = new Date(entry.at);
  const about = [entry.container, entry.service].filter(Boolean).join(' · ');
  const diff = entry.before && entry.after ? `${entry.before} → ${entry.after}` : entry.before ? `was ${entry.before}` : entry.after ?? '';
  return element('li', {},
    element('time', { dateTime: entry.at, title: at.toLocaleString() }, at.toLocaleTimeString([], { hourCycle: 'h23' })),
    element('strong', {}, entry.action),
    element('div', {}, about ? `${about}: ` : '', entry.why, diff ? element('div', { className: 'diff' }, diff) : null));
}

function journal(entries) {
  byId('journal').prepend(...entries.map(entryItem).reverse().slice(0, JOURNAL_SHOWN));
  while (byId('journal').children.length > JOURNAL_SHOWN) byId('journal').lastChild.remove();
  byId('quiet-journal').hidden = byId('journal').hasChildNodes();
}

// --- Live ------------------------------------------------------------------------------------------------------------

function take(state) {
  head = state;
  clockSkew = Date.now() - Date.parse(state.now);
  showHead();
  filter();
  journal(state.journal);
}

function follow() {
  const events = new EventSource('api/v1/events');
  events.addEventListener('state', event => {
    const state = JSON.parse(event.data);
    const present = new Set(state.containers.map(container => container.id));
    for (const id of order.slice()) if (!present.has(id)) remove(id);
    state.containers.forEach(container => put(container, false));
    byId('journal').replaceChildren();
    take(state);
  });
  events.addEventListener('change', event => {
    const change = JSON.parse(event.data);
    change.gone.forEach(remove);
    change.containers.forEach(container => put(container, true));
    take(change);
  });
  events.onerror = () => {
    byId('ready').textContent = '✕ No connection';
    byId('ready').className = 'badge bad';
    byId('notice').textContent = 'Registrator does not answer; what you see is from before. Trying again.';
    byId('notice').hidden = false;
    // Where the server said no, the browser does not try again by itself.
    if (events.readyState === EventSource.CLOSED) setTimeout(follow, 3000);
  };
}

setInterval(() => {
  if (document.hidden || byId('ready').textContent.includes('No connection')) return;
  showHead();
  for (const time of document.querySelectorAll('.ago')) {
    const words = ago(time.dateTime);
    if (time.textContent !== words) time.textContent = words;
  }
}, 1000);
follow();
