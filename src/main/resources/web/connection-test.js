import { button, el } from './dom.js';
import { busy, problem } from './feedback.js';
import { field, select, text } from './forms.js';
import { report, verdict, works } from './test-report.js';

const PURPOSES = [
  ['read', 'Reading'],
  ['browseAll', 'Reading, and browsing all buckets'],
  ['write', 'Reading and writing'],
];

const CHECKSUMS = { WHEN_SUPPORTED: 'Send checksums always', WHEN_REQUIRED: 'Send checksums only where S3 requires them' };

/**
 * Where a connection is tried, and what was found.
 *
 * @param ask takes the test's query and answers the report; nothing where it has shown itself why not
 * @param now answers what is set under a parameter's name, such as `params.region`
 * @param change takes a parameter's name and the value that was found for it; without it nothing is offered
 * @return `{ node, test, forget }`; what was found is forgotten once it is of something else
 */
export function testPanel({ ask, now, change, remark = () => null }) {
  const purpose = select(PURPOSES);
  const place = text({ placeholder: 'bucket, or s3://bucket/folder/' });
  const remarks = el('p', { class: 'hint' });
  const found = el('div', { class: 'found-out' });
  const said = el('p', { class: 'unseen', role: 'status' }); // to eyes the button says that it tests
  const pressed = button('Test connection', () => test());
  place.addEventListener('keydown', event => {
    if (event.key !== 'Enter') return;
    event.preventDefault(); // it would save the form
    pressed.click();
  });

  function forget() {
    found.replaceChildren();
    remarks.textContent = said.textContent = '';
    said.className = 'unseen';
  }

  function test() {
    if (pressed.disabled) return undefined;
    forget();
    said.textContent = 'Testing…';
    remarks.textContent = remark() || '';
    return busy(pressed, 'Testing…', async () => {
      try {
        const asked = query(purpose.value, place.value.trim());
        const answer = await ask(asked);
        said.textContent = answer ? verdict(answer) : '';
        if (!answer) return;
        said.className = `verdict ${works(answer) ? 'good' : 'bad-text'}`;
        found.replaceChildren(report(asked.write ? answer : withoutWriting(answer), offers(answer.settings, now, change)));
      } catch (failure) {
        said.textContent = '';
        if (failure.name !== 'AbortError') found.replaceChildren(problem(failure));
      }
    });
  }

  const node = el('div', { class: 'try', 'data-passing': true },
    el('div', { class: 'columns' },
      field('purpose', 'What it is for', purpose, 'For writing, small objects are written and removed again.'),
      field('path', 'Where to try', place, 'The default bucket if left empty.')),
    el('div', { class: 'actions' }, pressed),
    remarks,
    said,
    found);
  return { node, test, forget };
}

/** That writing was not tried need not be said to those who have not asked for it. */
const withoutWriting = answer => ({ ...answer, rows: answer.rows.filter(row => row.operation !== 'putObject' || row.outcome !== 'skipped') });

function query(purpose, place) {
  const typed = place.replace(/^s3a?:\/\//, '');
  return {
    purpose,
    write: purpose === 'write',
    ...(typed && (typed.includes('/') ? { path: `s3://${typed}` } : { bucket: typed })),
  };
}

/** What the store has told that is not what the connection says. */
function offers(settings, now, change) {
  if (!change) return [];
  const usual = now('params.endpoint') ? 'WHEN_REQUIRED' : 'WHEN_SUPPORTED';
  return [
    ['params.region', settings.region, now('params.region') ?? 'us-east-1', `Use region ${settings.region}`],
    ['params.checksums', settings.checksums, now('params.checksums') ?? usual, CHECKSUMS[settings.checksums]],
  ].filter(([, found, present]) => found && found !== present)
    .map(([name, found, , label]) => ({ label, take: () => change(name, found) }));
}
