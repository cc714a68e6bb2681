export const pause = ms => new Promise(resolve => { setTimeout(resolve, ms); });

/** Does something again and again until the view is left; not while nobody sees it, and patiently when it fails. */
export function repeat(signal, work) {
  const turn = async () => {
    if (signal.aborted) return;
    let wait = 1_000;
    if (!document.hidden) {
      try {
        wait = await work();
      } catch (failure) {
        if (failure.status === 401) return; // whoever does not want to sign in now is not asked again and again
        wait = 10_000; // what is shown stays until the service is back
      }
    }
    if (wait && !signal.aborted) setTimeout(turn, wait);
  };
  setTimeout(turn, 1_000);
}
