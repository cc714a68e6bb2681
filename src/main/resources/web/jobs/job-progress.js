import { html, nothing } from 'lit';
import { count, exact, size } from '../format.js';

const STEPS = {
  waiting: 'Waits for its turn', reading: 'Reads the dataset', writing: 'Writes the results', sending: 'Sends the results',
  publishing: 'Makes the results visible', over: 'Over',
};

function left(seconds) {
  if (seconds === null) return null;
  if (seconds < 60) return `about ${seconds} s left`;
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `about ${minutes} min left` : `about ${Math.floor(minutes / 60)} h ${minutes % 60} min left`;
}

/** How far a job is, in words and as a bar; without a total nobody can tell, and the bar only moves. */
export function progressOf({ step, files, bytes, bytesPerSecond, secondsLeft, attempt, maxAttempts, retrying, reason }) {
  const facts = [
    files.total ? html`${files.done.toLocaleString()} of ${count(files.total, 'file', 'files')}` : files.done && count(files.done, 'file', 'files'),
    bytes.total ? html`${size(bytes.done)} of ${size(bytes.total)}` : bytes.done && size(bytes.done),
    bytesPerSecond !== null && html`${size(bytesPerSecond)}/s`,
    left(secondsLeft),
  ].filter(Boolean);
  return html`
    <div class="facts job-progress"><strong role="status">${STEPS[step]}</strong>
      ${bytes.total ? html`<progress aria-label="Bytes" max=${bytes.total} value=${bytes.done}></progress>` : html`<progress aria-label="Under way"></progress>`}</div>
    <p class="state-line quiet">${facts.map(fact => html`<span>${fact}</span>`)}</p>
    ${attempt > 1 || retrying ? html`<div class="warning"><p>Attempt ${attempt} of ${maxAttempts}${reason ? html`, as the one before has failed: ${exact(reason)}` : nothing}</p></div>` : nothing}`;
}
