import { get } from '../api.js';
import { workspaceHead, forAdministrators } from './tabs.js';
import './dead-letter-form.js';

export const TITLE = 'Dead letters';

/** One dead letter: why it is dead, what it says, and what can be done about it. */
export async function show({ id, me, signal }) {
  if (!me.workspaceAdmin) return forAdministrators(TITLE);
  const form = document.createElement('dead-letter-form');
  form.letter = await get(`/v4/deadLetters/${id}`, signal);
  return [workspaceHead('/deadLetters', me), form];
}
