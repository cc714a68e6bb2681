import { html, nothing } from 'lit';
import { del, post, put } from '../api.js';
import { ask } from '../dom.js';
import { announce, busy } from '../feedback.js';
import { exact, visible } from '../format.js';

export function stateOf({ enabled, pausedReason, queueFailure }) {
  const [kind, label] = !enabled ? [pausedReason ? 'failed' : '', pausedReason ? 'Paused by Wharf' : 'Paused'] : queueFailure ? ['warned', 'On, but its queue fails'] : ['complete', 'On'];
  return html`<span class="badge state ${kind}">${label}</span>`;
}

/**
 * What its owner does with a schedule.
 *
 * @param done is told the failure, or null
 */
export function scheduleActions({ id, name, enabled, creator }, me, done) {
  if (creator.id !== me.personId) return nothing;
  const act = (event, label, work, said) => busy(event.currentTarget, label, async () => {
    try {
      await work();
      announce(said, exact(name), '.');
      done(null);
    } catch (failure) {
      done(failure);
    }
  });
  return html`<div class="actions">
    <button type="button" aria-label="Run ${visible(name)} now" @click=${event => act(event, 'Starting…', () => post(`/v4/schedules/${id}/run`), 'Being run: ')}>Run now</button>
    <button type="button" aria-label="${enabled ? 'Pause' : 'Resume'} ${visible(name)}" @click=${event => act(event, 'One moment…', () => put(`/v4/schedules/${id}/${enabled ? 'disable' : 'enable'}`), enabled ? 'Paused ' : 'Resumed ')}>${enabled ? 'Pause' : 'Resume'}</button></div>`;
}

export function deleteSchedule({ id, name }, failed) {
  ask('Delete schedule?', [exact(name), 'What it has imported stays, and so do results of its jobs.'], {
    keep: 'Keep',
    label: 'Delete',
    async act() {
      try {
        await del(`/v4/schedules/${id}`);
        announce('Deleted ', exact(name), '.');
        window.location.hash = '/schedules';
      } catch (failure) {
        failed(failure);
      }
    },
  });
}
