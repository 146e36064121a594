// Polling with a deadline: tests wait for what is to be so, never for a time.

/** How long anything may take on a busy machine, in milliseconds. */
export const patience = 90_000;

const interval = 50;

/** Looks until a check of what is seen does not throw. At the deadline, throws what the check says. */
export async function eventually(look, check = () => {}) {
  const end = Date.now() + patience;
  for (;;) {
    try {
      const seen = await look();
      check(seen);
      return seen;
    } catch (failure) {
      if (failure.isFinal || Date.now() > end) throw failure;
    }
    await new Promise(resolve => setTimeout(resolve, interval));
  }
}
